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
