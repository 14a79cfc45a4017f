/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.ServerDetails;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;

/** Names HTTP spans and gives them their attributes. */
final class HttpAttributes {
  private final SpanOptions options;
  private final Hosts hosts = new Hosts();
  private final UrlTable urls = new UrlTable();
  private final RouteNames names = new RouteNames();

  HttpAttributes(SpanOptions options) {
    this.options = options;
  }

  String name(ServerSpan span) {
    String method = nameOf(span.method);
    return span.route == null ? method : names.of(method, span.route);
  }

  String name(ClientSpan span) {
    return nameOf(span.method);
  }

  private String nameOf(String method) {
    String known = options.method(method);
    return known.equals(ErrorType.OTHER) ? "HTTP" : known;
  }

  void put(ServerSpan span, SpanAttributes into) {
    common(span, span.method, into);
    into.putCommon(Keys.ROUTE, span.route);
    ServerDetails details = span.details;
    String scheme = span.https() ? "https" : "http";
    if (details == null) {
      into.putCommon(Keys.URL_SCHEME, scheme);
      return;
    }
    into.putCommon(
        Keys.URL_SCHEME, Forwarding.scheme(details.forwarded, details.forwardedProto, scheme));
    into.put(Keys.URL_PATH, details.path);
    if (details.query != null && !details.query.isEmpty()) {
      into.put(Keys.URL_QUERY, options.urls.query(details.query));
    }
    server(Forwarding.host(details, hosts), into);
    into.putCommon(Keys.CLIENT_ADDRESS, Forwarding.clientAddress(details));
    into.putCommon(Keys.PEER_ADDRESS, details.peerAddress);
    if (details.peerAddress != null && details.peerPort > 0) {
      into.put(Keys.PEER_PORT, details.peerPort);
    }
    into.putCommon(Keys.USER_AGENT, details.userAgent);
    options.serverRequestHeaders.put(into, details.requestHeaders);
    options.serverResponseHeaders.put(into, details.responseHeaders);
  }

  void put(ClientSpan span, SpanAttributes into) {
    common(span, span.method, into);
    if (span.url != null) {
      String url = urls.text(span.url);
      into.put(Keys.URL_FULL, options.urls.full(url));
      HostPort target = hosts.ofUrl(url);
      server(target, into);
      if (target != null) {
        PeerService.put(options.peerServices, target.host, target.port, into);
      }
    }
    if (span.resend > 0) {
      into.put(Keys.RESEND_COUNT, span.resend);
    }
    options.clientRequestHeaders.put(into, span.requestHeaders);
    options.clientResponseHeaders.put(into, span.responseHeaders);
  }

  private void common(Span span, String method, SpanAttributes into) {
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

  private static void server(HostPort server, SpanAttributes into) {
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
