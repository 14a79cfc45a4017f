/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.ServerSpan;
import java.util.Collection;
import java.util.Collections;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.Request;

/**
 * A request of Jetty 9.4, 10 or 11 and its server span.
 *
 * <p>It is kept among the request's listeners, which the application does not see and Jetty clears
 * before the channel serves another; it listens to nothing.
 */
final class Jetty9Exchange implements Headers, HttpChannel.Listener {
  final Request request;
  ServerSpan span;

  Jetty9Exchange(Request request) {
    this.request = request;
  }

  @Override
  public String first(String name) {
    return request.getHeader(name);
  }

  @Override
  public String all(String name) {
    return joined(Collections.list(request.getHeaders(name)));
  }

  static String joined(Collection<String> values) {
    return values == null || values.isEmpty() ? null : String.join("\n", values);
  }
}
