/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

/** A host and a port, as {@code host:port} headers and URLs name them; port 0 if there is none. */
public final class HostPort {
  /** The host; an address of version 6 in a header loses its brackets. */
  public final String host;

  /** The port, or 0. */
  public final int port;

  HostPort(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /**
   * Reads {@code host}, {@code host:port}, {@code [v6]}, {@code [v6]:port} or a bare v6 address.
   *
   * @return null if there is no host
   */
  static HostPort parse(String text) {
    String plain = text == null ? "" : unquote(text.trim());
    if (plain.isEmpty()) {
      return null;
    }
    if (plain.charAt(0) == '[') {
      int close = plain.indexOf(']');
      return close < 0
          ? null
          : new HostPort(
              plain.substring(1, close),
              plain.startsWith(":", close + 1) ? port(plain, close + 2) : 0);
    }
    int colon = plain.indexOf(':');
    if (colon < 0 || plain.indexOf(':', colon + 1) >= 0) {
      return new HostPort(plain, 0);
    }
    return colon == 0 ? null : new HostPort(plain.substring(0, colon), port(plain, colon + 1));
  }

  private static String unquote(String text) {
    int last = text.length() - 1;
    return last > 0 && text.charAt(0) == '"' && text.charAt(last) == '"'
        ? text.substring(1, last)
        : text;
  }

  /** The number from {@code at} to the end, or 0 if it is no port. */
  static int port(String text, int at) {
    int port = 0;
    for (int i = at; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || port > 65_535) {
        return 0;
      }
      port = port * 10 + digit;
    }
    return port > 65_535 ? 0 : port;
  }
}
