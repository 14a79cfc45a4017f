/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.undertow.server.DefaultResponseListener;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Settings;

/** An exchange of Undertow and its server span, which ends when the exchange is complete. */
final class UndertowExchange implements Headers, ExchangeCompletionListener {
  ServerSpan span;
  private final HeaderMap headers;

  UndertowExchange(HeaderMap headers) {
    this.headers = headers;
  }

  @Override
  public void exchangeEvent(HttpServerExchange exchange, NextListener next) {
    try {
      end(exchange);
    } catch (Throwable failed) {
      Probe.failure(failed, "undertow");
    } finally {
      next.proceed();
    }
  }

  private void end(HttpServerExchange exchange) {
    ServerSpan ending = span;
    if (ending == null) {
      return;
    }
    ending.status(exchange.getStatusCode());
    if (ending.details != null) {
      ending.details.responseHeaders =
          ServedRequest.captured(
              new UndertowExchange(exchange.getResponseHeaders()),
              Settings.current.responseHeaders);
    }
    Throwable thrown = exchange.getAttachment(DefaultResponseListener.EXCEPTION);
    Probe.end(Current.get(), ending, ending.error == null ? thrown : null);
  }

  @Override
  public String first(String name) {
    return headers.getFirst(name);
  }

  @Override
  public String all(String name) {
    HeaderValues values = headers.get(name);
    return values == null || values.isEmpty() ? null : String.join("\n", values);
  }
}
