/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.vitals.bootstrap.Span;

/** What server and client spans of HTTP have in common. */
abstract class HttpAttributes implements SpanDescriber {
  final SpanOptions options;
  final Hosts hosts = new Hosts();

  HttpAttributes(SpanOptions options) {
    this.options = options;
  }

  final String nameOf(String method) {
    String known = options.method(method);
    return known.equals(ErrorType.OTHER) ? "HTTP" : known;
  }

  final void common(Span span, String method, SpanAttributes into) {
    String known = options.method(method);
    into.putCommon(Keys.METHOD, known);
    if (known.equals(ErrorType.OTHER)) {
      into.put(Keys.METHOD_ORIGINAL, method);
    }
    if (span.status() > 0) {
      into.putCommon(Keys.STATUS_CODE, span.status());
    }
    into.putCommon(Keys.PROTOCOL_VERSION, protocol(span.protocol()));
    into.putCommon(Keys.ERROR_TYPE, ErrorType.of(span));
  }

  static void server(HostPort server, SpanAttributes into) {
    if (server != null) {
      into.putCommon(Keys.SERVER_ADDRESS, server.host);
      if (server.port > 0) {
        into.putCommon(Keys.SERVER_PORT, server.port);
      }
    }
  }

  /** {@code 1.1} of 11, {@code 2} of 20, null of 0. */
  private static String protocol(int timesTen) {
    switch (timesTen) {
      case 0:
        return null;
      case 10:
        return "1.0";
      case 11:
        return "1.1";
      default:
        return timesTen % 10 == 0
            ? Integer.toString(timesTen / 10)
            : timesTen / 10 + "." + timesTen % 10;
    }
  }
}
