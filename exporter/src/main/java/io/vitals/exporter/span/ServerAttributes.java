/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.vitals.bootstrap.ServerDetails;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;

/** Names the spans of HTTP servers and gives them their attributes. */
final class ServerAttributes extends HttpAttributes {
  private final RouteNames names = new RouteNames();

  ServerAttributes(SpanOptions options) {
    super(options);
  }

  @Override
  public String describe(Span described, SpanAttributes into) {
    ServerSpan span = (ServerSpan) described;
    put(span, into);
    String method = nameOf(span.method);
    return span.route == null ? method : names.of(method, span.route);
  }

  private void put(ServerSpan span, SpanAttributes into) {
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
    into.put(Keys.CLIENT_ADDRESS, Forwarding.clientAddress(details));
    into.put(Keys.PEER_ADDRESS, details.peerAddress);
    if (details.peerAddress != null && details.peerPort > 0) {
      into.put(Keys.PEER_PORT, details.peerPort);
    }
    into.put(Keys.USER_AGENT, details.userAgent);
    options.serverRequestHeaders.put(into, details.requestHeaders);
    options.serverResponseHeaders.put(into, details.responseHeaders);
  }
}
