/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The pages of the HTTP contract on Undertow without servlets. */
public final class UndertowHandlersContract implements HttpHandler {
  private static final HttpString X_ANSWER = new HttpString("X-Answer");

  private final ContractPages pages;

  private UndertowHandlersContract(ContractPages pages) {
    this.pages = pages;
  }

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    try (ContractPages pages = new ContractPages()) {
      UndertowContract.serve(new UndertowHandlersContract(pages));
    }
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    String path = exchange.getRequestPath();
    if (path.equals("/nothing")) {
      exchange.setStatusCode(404);
    } else if (path.equals("/async")) {
      exchange.dispatch(pages::elsewhere, () -> later(exchange));
    } else if (exchange.isInIoThread()) {
      exchange.dispatch(this);
    } else {
      answer(path, exchange);
    }
  }

  private void later(HttpServerExchange exchange) {
    try {
      answer("/call", exchange);
    } catch (IOException e) {
      exchange.setStatusCode(500);
    }
    exchange.endExchange();
  }

  private void answer(String path, HttpServerExchange exchange) throws IOException {
    exchange.startBlocking();
    ContractPages.Answer answer = pages.serve(path, exchange.getInputStream());
    exchange.setStatusCode(answer.status);
    for (String value : ContractPages.Answer.X_ANSWER) {
      exchange.getResponseHeaders().add(X_ANSWER, value);
    }
    if (answer.status == 302) {
      exchange.getResponseHeaders().put(Headers.LOCATION, "/plain");
    }
    exchange.getOutputStream().write(answer.body.getBytes(StandardCharsets.UTF_8));
  }
}
