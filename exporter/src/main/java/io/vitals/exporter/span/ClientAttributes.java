/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.Span;

/** Names the spans of HTTP clients and gives them their attributes. */
final class ClientAttributes extends HttpAttributes {
  private final UrlTable urls = new UrlTable();

  ClientAttributes(SpanOptions options) {
    super(options);
  }

  @Override
  public String describe(Span described, SpanAttributes into) {
    ClientSpan span = (ClientSpan) described;
    put(span, into);
    return nameOf(span.method);
  }

  private void put(ClientSpan span, SpanAttributes into) {
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
}
