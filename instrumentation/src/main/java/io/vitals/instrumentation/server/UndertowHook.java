/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletChain;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Span;
import io.vitals.bootstrap.Ticket;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;

/**
 * Measures every request that Undertow 2.2 or 2.3 answers, by a handler or by a servlet, as one
 * server span.
 *
 * <p>No servlet type is named anywhere: {@code javax} and {@code jakarta} differ in descriptors
 * only, so that one hook does for both.
 */
@Supported(
    library = "Undertow",
    tested = "2.2 and 2.3 with servlets, 2.3 with bare handlers; WildFly 26.1",
    gives = "as Tomcat; without servlets no route")
public final class UndertowHook extends Hook {
  /** Declares the hook. */
  public UndertowHook() {
    super("undertow");
    helper(ServletRoutes.class);
    helper(Headers.class);
    helper(ServedRequest.class);
    helper("UndertowExchange");
    helper(UndertowTask.class);
    helper(UndertowRequests.class);
    type("io.undertow.server.Connectors").advise("executeRootHandler", "(", Root.class);
    type("io.undertow.server.HttpServerExchange")
        .advise(
            "dispatch", "(Ljava/util/concurrent/Executor;Ljava/lang/Runnable;)", Dispatch.class);
    String exchange = "(Lio/undertow/server/HttpServerExchange;";
    String handlers = "io.undertow.servlet.handlers.";
    type(handlers + "ServletInitialHandler")
        .advise(
            "dispatchRequest",
            exchange
                + "Lio/undertow/servlet/handlers/ServletRequestContext;"
                + "Lio/undertow/servlet/handlers/ServletChain;",
            Mapped.class);
    type(handlers + "FilterHandler")
        .advise("handleRequest", exchange, Filtered.class)
        .advise("handleRequest", exchange, Thrown.class);
    type(handlers + "ServletHandler")
        .advise("handleRequest", exchange, Servlet.class)
        .advise("handleRequest", exchange, Thrown.class);
    type("io.undertow.servlet.spec.AsyncContextImpl")
        .advise("start", "(Ljava/lang/Runnable;)V", Start.class);
  }

  /** A thread that answers an exchange, or goes on with one that another has left. */
  static final class Root {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Span enter(@Advice.Argument(1) HttpServerExchange exchange) {
      Current current = Current.get();
      Span before = current.span;
      UndertowRequests.open(current, exchange);
      return before;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Span before) {
      ServedRequest.leave(Current.get(), before);
    }
  }

  /** Work that goes on with the exchange on another thread. */
  static final class Dispatch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This HttpServerExchange exchange,
        @Advice.Argument(value = 1, readOnly = false) Runnable task) {
      task = UndertowRequests.carried(exchange, task);
    }
  }

  /**
   * The request, a forward or an error page has found its servlet, which its filters may yet spare.
   */
  static final class Mapped {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(1) ServletRequestContext request, @Advice.Argument(2) ServletChain chain) {
      UndertowRequests.mapped(request, chain);
    }
  }

  /** The filters of a servlet; the answer is complete before the container is done. */
  static final class Filtered {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Argument(0) HttpServerExchange exchange) {
      UndertowRequests.filtered(exchange);
    }
  }

  /** The last filter has let the request through to the servlet. */
  static final class Servlet {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      ServedRequest.reached();
    }
  }

  /** What a servlet or filter has thrown, unless one around it has caught it. */
  static final class Thrown {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter() {
      return ServedRequest.failure();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object before, @Advice.Thrown Throwable thrown) {
      ServedRequest.failed(before, thrown);
    }
  }

  /** Work that an asynchronous request hands to the container. */
  static final class Start {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      task = Ticket.of(task);
    }
  }
}
