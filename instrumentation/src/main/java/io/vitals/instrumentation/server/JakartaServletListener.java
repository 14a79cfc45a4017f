/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.ServletExchange;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Ends the span of an asynchronous request when its answer is complete. */
final class JakartaServletListener implements AsyncListener {
  private final ServletExchange exchange;

  JakartaServletListener(ServletExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public void onComplete(AsyncEvent event) {
    try {
      if (exchange.answered()) {
        JakartaServletRequests.end(Current.get(), exchange);
      }
    } catch (Throwable failed) {
      Probe.failure(failed, "servlet");
    }
  }

  /** The container answers it, and completes it then. */
  @Override
  public void onTimeout(AsyncEvent event) {}

  @Override
  public void onError(AsyncEvent event) {
    Throwable thrown = event.getThrowable();
    if (thrown != null) {
      exchange.span.error = ServedRequest.cause(thrown);
    }
  }

  /** Whoever starts it again is seen where it does. */
  @Override
  public void onStartAsync(AsyncEvent event) {}
}
