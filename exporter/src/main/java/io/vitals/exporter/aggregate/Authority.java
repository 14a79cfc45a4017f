/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import java.net.URI;
import java.net.URL;

/**
 * Reads host and port out of a request's target, without allocating for a host seen before.
 *
 * <p>Confined to the holder of the drain lock; one object is used again and again.
 */
final class Authority {
  /** Hosts remembered from texts: half the series a metric may have; others are cut out anew. */
  private static final int MOST_HOSTS = 1024;

  private final String[] hosts = new String[MOST_HOSTS * 2];
  private int known;

  /** The host, or null if there is none. */
  String host;

  /** The port, that of the scheme if none is given; 0 if neither is known. */
  int port;

  /** Reads a {@link String}, {@link URI} or {@link URL}. */
  void read(Object url) {
    host = null;
    port = 0;
    if (url instanceof URI) {
      read((URI) url);
    } else if (url instanceof URL) {
      URL read = (URL) url;
      String named = read.getHost();
      host = named == null || named.isEmpty() ? null : bare(named);
      port = read.getPort() > 0 ? read.getPort() : port(read.getProtocol(), 0);
    } else if (url instanceof String) {
      String text = (String) url;
      int colon = text.indexOf("://");
      if (colon > 0) {
        readAuthority(text, colon + 3, port(text, colon));
      }
    }
  }

  private void read(URI uri) {
    String named = uri.getHost();
    int ofScheme = port(uri.getScheme(), 0);
    if (named == null) {
      // A host that a URI does not allow, such as one with an underscore.
      String authority = uri.getRawAuthority();
      if (authority != null) {
        readAuthority(authority, 0, ofScheme);
      }
      return;
    }
    host = bare(named);
    port = uri.getPort() > 0 ? uri.getPort() : ofScheme;
  }

  /** Literal addresses of version 6 come with brackets. */
  private String bare(String named) {
    int length = named.length();
    return named.charAt(0) == '[' && length > 2 ? remember(named, 1, length - 1) : named;
  }

  private static int port(String scheme, int end) {
    int length = end > 0 ? end : scheme == null ? 0 : scheme.length();
    return length == 4 && scheme.regionMatches(true, 0, "http", 0, 4)
        ? 80
        : length == 5 && scheme.regionMatches(true, 0, "https", 0, 5) ? 443 : 0;
  }

  private void readAuthority(String text, int from, int schemePort) {
    int end = from;
    int start = from;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      if (text.charAt(end) == '@') {
        start = end + 1;
      }
      end++;
    }
    boolean bracket = start < end && text.charAt(start) == '[';
    int hostEnd = bracket ? text.indexOf(']', start) : text.indexOf(':', start);
    if (hostEnd < 0 || hostEnd > end) {
      hostEnd = end;
    }
    int hostStart = bracket ? start + 1 : start;
    if (hostStart >= hostEnd) {
      return;
    }
    host = remember(text, hostStart, hostEnd);
    int given = 0;
    int at = bracket ? hostEnd + 2 : hostEnd + 1;
    for (; at < end && given <= 65_535; at++) {
      int digit = text.charAt(at) - '0';
      given = digit < 0 || digit > 9 ? 65_536 : given * 10 + digit;
    }
    port = given > 0 && given <= 65_535 ? given : schemePort;
  }

  private String remember(String text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    int mask = hosts.length - 1;
    int at = (hash ^ hash >>> 16) & mask;
    String found;
    while ((found = hosts[at]) != null) {
      if (found.length() == to - from && text.startsWith(found, from)) {
        return found;
      }
      at = at + 1 & mask;
    }
    String cut = text.substring(from, to);
    if (known < MOST_HOSTS && cut.length() <= SeriesKey.LONGEST_TEXT) {
      known++;
      hosts[at] = cut;
    }
    return cut;
  }
}
