/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.vitals.bootstrap.ServerDetails;
import java.util.Locale;

/**
 * Reads who asked for what, before proxies, out of {@code Forwarded} (RFC 7239) and the {@code
 * X-Forwarded-*} headers; the first element counts, {@code Forwarded} before the others.
 */
final class Forwarding {
  private Forwarding() {}

  /** The client's address, or null. */
  static String clientAddress(ServerDetails details) {
    HostPort client = HostPort.parse(parameter(details.forwarded, "for"));
    if (client == null) {
      client = HostPort.parse(first(details.forwardedFor));
    }
    return client == null ? details.peerAddress : client.host;
  }

  /** The host that was asked for, or null. */
  static HostPort host(ServerDetails details, Hosts hosts) {
    HostPort host = HostPort.parse(parameter(details.forwarded, "host"));
    if (host == null) {
      host = HostPort.parse(first(details.forwardedHost));
    }
    return host == null ? hosts.ofHeader(details.host) : host;
  }

  /** The scheme that was used, or {@code byDefault}. */
  static String scheme(String forwarded, String forwardedProto, String byDefault) {
    String scheme = parameter(forwarded, "proto");
    if (scheme == null) {
      scheme = first(forwardedProto);
    }
    if (scheme == null) {
      return byDefault;
    }
    int last = scheme.length() - 1;
    boolean quoted = last > 0 && scheme.charAt(0) == '"' && scheme.charAt(last) == '"';
    String plain = (quoted ? scheme.substring(1, last) : scheme).toLowerCase(Locale.ROOT);
    return plain.isEmpty() ? byDefault : plain;
  }

  private static String first(String list) {
    if (list == null) {
      return null;
    }
    int comma = list.indexOf(',');
    String first = (comma < 0 ? list : list.substring(0, comma)).trim();
    return first.isEmpty() ? null : first;
  }

  /** The first value of a parameter in any element, up to the next separator outside quotes. */
  private static String parameter(String forwarded, String name) {
    if (forwarded == null) {
      return null;
    }
    int at = 0;
    while (at < forwarded.length()) {
      int end = endOfPair(forwarded, at);
      int equals = forwarded.indexOf('=', at);
      if (equals > 0 && equals < end) {
        String key = forwarded.substring(at, equals).trim();
        String value = forwarded.substring(equals + 1, end).trim();
        if (key.equalsIgnoreCase(name) && !value.isEmpty()) {
          return value;
        }
      }
      at = end + 1;
    }
    return null;
  }

  private static int endOfPair(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ';' || c == ',')) {
        return i;
      }
    }
    return text.length();
  }
}
