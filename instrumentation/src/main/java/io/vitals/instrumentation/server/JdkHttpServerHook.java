/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.HeaderMap;
import io.vitals.bootstrap.LeftSpans;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;

/**
 * Measures the requests that the JDK's own HTTP server passes to a context, its filters included.
 *
 * <p>The span is around the outermost filter chain. A handler that returns without an answer gives
 * it later, from another thread: then the span ends with that answer, or when the exchange is
 * closed.
 */
@Supported(
    library = "JDK `com.sun.net.httpserver`",
    tested = "8 to 26",
    gives = "as Tomcat, the path of the context as route")
public final class JdkHttpServerHook extends Hook {
  /** Declares the hook. */
  public JdkHttpServerHook() {
    super("java-http-server");
    type("com.sun.net.httpserver.Filter$Chain").advise("doFilter", "(", Chain.class);
    type("sun.net.httpserver.HttpExchangeImpl")
        .advise("sendResponseHeaders", "(IJ)V", LateAnswer.class)
        .advise("close", "()V", Close.class);
    type("sun.net.httpserver.HttpsExchangeImpl")
        .advise("sendResponseHeaders", "(IJ)V", LateAnswer.class)
        .advise("close", "()V", Close.class);
  }

  /** The filters and the handler of a context. */
  static final class Chain {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static ServerSpan enter(@Advice.Argument(0) HttpExchange exchange) {
      Current current = Current.get();
      if (current.span != null && current.span.root instanceof ServerSpan) {
        return null;
      }
      String route = exchange.getHttpContext().getPath();
      ServerSpan span =
          HeaderMap.startServer(
              current,
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              exchange.getRequestHeaders());
      span.route = route;
      span.protocol(exchange.getProtocol());
      if (exchange instanceof HttpsExchange) {
        span.bits |= Span.HTTPS;
      }
      Probe.opened(span);
      if (span.details != null) {
        HeaderMap.peer(span, exchange.getRemoteAddress());
      }
      return span;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) HttpExchange exchange,
        @Advice.Enter ServerSpan span,
        @Advice.Thrown Throwable thrown) {
      if (span == null) {
        return;
      }
      Current current = Current.get();
      if (thrown == null && exchange.getResponseCode() < 0) {
        LeftSpans.put(current, exchange, span);
        // The answer may have come just before the span was put where it is looked for.
        if (exchange.getResponseCode() < 0 || LeftSpans.take(exchange) == null) {
          return;
        }
      }
      HeaderMap.endServer(
          current, span, exchange.getResponseCode(), exchange.getResponseHeaders(), thrown);
    }
  }

  /** The answer to an exchange whose handler has returned without one. */
  static final class LateAnswer {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This HttpExchange exchange,
        @Advice.Argument(0) int status,
        @Advice.Thrown Throwable thrown) {
      if (LeftSpans.armed && status >= 200) {
        ServerSpan span = LeftSpans.take(exchange);
        if (span != null) {
          HeaderMap.endServer(Current.get(), span, status, exchange.getResponseHeaders(), thrown);
        }
      }
    }
  }

  /** The end of an exchange that got no answer. */
  static final class Close {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This HttpExchange exchange) {
      if (LeftSpans.armed) {
        ServerSpan span = LeftSpans.take(exchange);
        if (span != null) {
          HeaderMap.endServer(
              Current.get(), span, exchange.getResponseCode(), exchange.getResponseHeaders(), null);
        }
      }
    }
  }
}
