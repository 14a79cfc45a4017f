/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.MethodSpan;
import io.vitals.bootstrap.ServerDetails;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;

/** Makes finished spans for tests. */
public final class Spans {
  private Spans() {}

  /** A sampled request of 5 ms, answered with 200. */
  public static ServerSpan server() {
    ServerSpan span = finished(new ServerSpan());
    span.method = "GET";
    span.route = "/orders/{id}";
    span.status(200);
    span.protocol(11);
    span.details = new ServerDetails();
    span.details.path = "/orders/7";
    span.details.host = "shop.example.com:8080";
    span.details.peerAddress = "10.0.0.9";
    span.details.peerPort = 4711;
    return span;
  }

  /** A sampled call of 5 ms, answered with 200. */
  public static ClientSpan client(Object url) {
    ClientSpan span = finished(new ClientSpan());
    span.method = "GET";
    span.url = url;
    span.status(200);
    return span;
  }

  /** A sampled statement of 5 ms without text. */
  public static DbSpan db() {
    return finished(new DbSpan());
  }

  /** A sampled call of 5 ms. */
  public static MethodSpan method(String method) {
    return finished(new MethodSpan(method));
  }

  private static <T extends Span> T finished(T span) {
    span.traceIdHigh = 0x0af7651916cd43ddL;
    span.traceIdLow = 0x8448eb211c80319cL;
    span.spanId = 0xb7ad6b7169203331L;
    span.root = span;
    span.bits |= Span.SAMPLED | Span.RECORDED | Span.ENDED;
    span.startNanos = System.nanoTime();
    span.endNanos = span.startNanos + 5_000_000;
    return span;
  }
}
