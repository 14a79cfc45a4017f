/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.ServletExchange;
import jakarta.servlet.AsyncContext;

/** Listens for the end of asynchronous requests; called by {@link JakartaAsyncHook}. */
public final class JakartaServletAsync {
  private JakartaServletAsync() {}

  /** A request has become asynchronous, or has again. */
  public static void started(Current current, Object context) {
    ServletExchange exchange = ServletExchange.of(current);
    if (exchange == null || exchange.hasStarted(context)) {
      return;
    }
    // First, as it may fail: what nobody listens for nobody ends.
    ((AsyncContext) context).addListener(new JakartaServletListener(exchange));
    exchange.started(context);
  }
}
