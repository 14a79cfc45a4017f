/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.net.HttpURLConnection;

/** The life of a client span beside an {@link HttpURLConnection}; called by woven code. */
public final class ConnectionCall {
  private ConnectionCall() {}

  /**
   * Starts the request of a connection that has not been asked to connect, and puts the trace's
   * headers into it. Calls of other code come before the span, so that their failure leaves none
   * open.
   */
  public static ClientSpan start(Current current, HttpURLConnection connection) {
    Settings settings = Settings.current;
    String method = connection.getRequestMethod();
    Object url = connection.getURL();
    String[] captured = null;
    String[] names = settings.clientRequestHeaders;
    if (names.length > 0) {
      captured = new String[names.length];
      for (int i = 0; i < names.length; i++) {
        captured[i] = connection.getRequestProperty(names[i]);
      }
    }
    ClientSpan span = Probe.startClient(current);
    if (span == null) {
      return null;
    }
    span.method = method;
    span.url = url;
    span.protocol(11);
    span.requestHeaders = captured;
    String[] fields = settings.propagation.fields;
    try {
      for (int i = 0; i < fields.length; i++) {
        String value = settings.propagation.value(i, current, span);
        if (value != null) {
          connection.setRequestProperty(fields[i], value);
        }
      }
    } catch (IllegalStateException connecting) {
      Probe.failure(connecting, "http-url-connection");
    }
    return span;
  }

  /**
   * The first line of a request and one header as they go over the wire, or null if one of the
   * three is missing or has anything but printable ASCII, of which the JDK has to make what it
   * makes of it.
   */
  public static byte[] lines(String first, String name, String value) {
    if (!isPlain(first) || !isPlain(name) || !isPlain(value)) {
      return null;
    }
    byte[] lines = new byte[first.length() + name.length() + value.length() + 6];
    int end = put(first, lines, 0);
    lines[end] = '\r';
    lines[end + 1] = '\n';
    end = put(name, lines, end + 2);
    lines[end] = ':';
    lines[end + 1] = ' ';
    end = put(value, lines, end + 2);
    lines[end] = '\r';
    lines[end + 1] = '\n';
    return lines;
  }

  private static boolean isPlain(String text) {
    if (text == null) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** Puts plain text there, and returns where it ends. */
  @SuppressWarnings("deprecation") // Makes no copy, and is right for plain text.
  private static int put(String plain, byte[] into, int at) {
    plain.getBytes(0, plain.length(), into, at);
    return at + plain.length();
  }

  /**
   * Ends the request.
   *
   * @param status of the response; 0 or less if there was none
   * @param thrown what the caller gets; no error where the connection throws for a status
   */
  public static void end(
      Current current,
      ClientSpan span,
      HttpURLConnection connection,
      int status,
      Throwable thrown) {
    if (status > 0) {
      span.status(status);
    }
    String[] names = Settings.current.clientResponseHeaders;
    if (names.length > 0 && span.recorded() && status > 0) {
      span.responseHeaders = new String[names.length];
      for (int i = 0; i < names.length; i++) {
        span.responseHeaders[i] = connection.getHeaderField(names[i]);
      }
    }
    Probe.end(current, span, status >= 400 ? null : thrown);
  }
}
