/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import java.util.List;
import java.util.Locale;

/**
 * Reads URLs as text and keeps secrets out of them: user, password, and the values of query
 * parameters that are signatures.
 *
 * <p>Works on text that is no valid URL too.
 */
final class UrlText {
  private static final String REDACTED = "REDACTED";

  private final String[] secretParameters;

  /** Makes a reader that hides the values of these parameters, compared with their case. */
  UrlText(List<String> secretParameters) {
    this.secretParameters = secretParameters.toArray(new String[0]);
  }

  /** The whole URL without its secrets. */
  String full(String url) {
    int authority = authorityStart(url);
    if (authority < 0) {
      return query(url, url.indexOf('?') + 1, url.indexOf('?') >= 0);
    }
    int end = authorityEnd(url, authority);
    int at = url.lastIndexOf('@', end - 1);
    String plain = url;
    if (at >= authority) {
      plain = url.substring(0, authority) + REDACTED + ":" + REDACTED + url.substring(at);
    }
    int question = plain.indexOf('?');
    return query(plain, question + 1, question >= 0);
  }

  /** A query, without its question mark, without its secrets. */
  String query(String query) {
    return query(query, 0, true);
  }

  private String query(String text, int from, boolean present) {
    if (!present || secretParameters.length == 0) {
      return text;
    }
    int hash = text.indexOf('#', from);
    int end = hash < 0 ? text.length() : hash;
    StringBuilder changed = null;
    int copied = 0;
    for (int at = from; at < end; ) {
      int amp = text.indexOf('&', at);
      int stop = amp < 0 || amp > end ? end : amp;
      int equals = text.indexOf('=', at);
      if (equals >= 0 && equals < stop && isSecret(text, at, equals)) {
        changed = changed == null ? new StringBuilder(text.length() + 16) : changed;
        changed.append(text, copied, equals + 1).append(REDACTED);
        copied = stop;
      }
      at = stop + 1;
    }
    return changed == null ? text : changed.append(text, copied, text.length()).toString();
  }

  /** Whether the name between two indices is that of a secret; makes no text of it. */
  private boolean isSecret(String text, int from, int to) {
    for (String name : secretParameters) {
      if (name.length() == to - from && text.startsWith(name, from)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The host, a v6 address without its brackets, and the port, by default that of the scheme.
   *
   * @return null if the URL has no host
   */
  static HostPort hostPort(String url) {
    int authority = authorityStart(url);
    if (authority < 0) {
      return null;
    }
    int end = authorityEnd(url, authority);
    int from = url.lastIndexOf('@', end - 1) + 1;
    from = Math.max(from, authority);
    int bracket = url.startsWith("[", from) ? url.indexOf(']', from) : -1;
    int colon = url.indexOf(':', Math.max(from, bracket));
    int hostEnd = colon < 0 || colon > end ? end : colon;
    if (hostEnd <= from) {
      return null;
    }
    int port = hostEnd < end ? HostPort.port(url.substring(0, end), hostEnd + 1) : 0;
    String host = bracket > from ? url.substring(from + 1, bracket) : url.substring(from, hostEnd);
    return new HostPort(host, port > 0 ? port : defaultPort(url));
  }

  private static int defaultPort(String url) {
    String scheme = url.substring(0, url.indexOf(':')).toLowerCase(Locale.ROOT);
    return scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : 0;
  }

  static int authorityStart(String url) {
    int slashes = url.indexOf("://");
    return slashes < 0 ? -1 : slashes + 3;
  }

  static int authorityEnd(String url, int from) {
    for (int i = from; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '/' || c == '?' || c == '#') {
        return i;
      }
    }
    return url.length();
  }
}
