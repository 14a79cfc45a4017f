/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Request;

/**
 * Measures every request that Tomcat 8.5, 9, 10.1 or 11 answers, as one server span.
 *
 * <p>No servlet type is named anywhere: {@code javax} and {@code jakarta} differ in descriptors
 * only, so that one hook does for both.
 */
@Supported(
    library = "Tomcat",
    tested = "8.5, 9.0, 10.1, 11.0; TomEE 9.0",
    gives =
        "a SERVER span and `http.server.request.duration` for each request, "
            + "the servlet mapping as route")
public final class TomcatHook extends Hook {
  /** Declares the hook. */
  public TomcatHook() {
    super("tomcat");
    helper(ServletRoutes.class);
    helper(TomcatRoutes.class);
    helper(Headers.class);
    helper(ServedRequest.class);
    helper(TomcatDetails.class);
    helper(TomcatRequests.class);
    String coyote = "(Lorg/apache/coyote/Request;Lorg/apache/coyote/Response;";
    type("org.apache.catalina.connector.CoyoteAdapter")
        .advise("service", coyote, Service.class)
        .advise("asyncDispatch", coyote, AsyncDispatch.class);
    type("org.apache.coyote.Request").advise("recycle", "()V", Recycle.class);
    String valve =
        "(Lorg/apache/catalina/connector/Request;Lorg/apache/catalina/connector/Response;";
    type("org.apache.catalina.core.StandardWrapperValve")
        .advise("invoke", valve, WrapperValve.class)
        .advise("exception", valve + "Ljava/lang/Throwable;", Uncaught.class);
    type("org.apache.catalina.core.ApplicationFilterChain")
        .advise("doFilter", "(", FilterChain.class);
    type("org.apache.catalina.core.ApplicationDispatcher").advise("invoke", "(", Dispatcher.class);
    type("org.apache.catalina.core.AsyncContextImpl")
        .advise("setErrorState", "(Ljava/lang/Throwable;", AsyncFailure.class);
  }

  /** The request from its headers to the end of its answer, or to where its thread leaves it. */
  static final class Service {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static ServerSpan enter(
        @Advice.Argument(0) org.apache.coyote.Request request,
        @Advice.Local("current") Current current) {
      current = Current.get();
      return TomcatRequests.start(current, request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) org.apache.coyote.Request request,
        @Advice.Argument(1) org.apache.coyote.Response response,
        @Advice.Enter ServerSpan span,
        @Advice.Local("current") Current current,
        @Advice.Thrown Throwable thrown) {
      if (span != null) {
        TomcatRequests.leave(current, request, response, span, thrown);
      }
    }
  }

  /** A thread that goes on with a request that another has left, or ends it. */
  static final class AsyncDispatch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static ServerSpan enter(@Advice.Argument(0) org.apache.coyote.Request request) {
      return TomcatRequests.resume(Current.get(), request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) org.apache.coyote.Request request,
        @Advice.Argument(1) org.apache.coyote.Response response,
        @Advice.Enter ServerSpan span,
        @Advice.Thrown Throwable thrown) {
      if (span != null) {
        TomcatRequests.leave(Current.get(), request, response, span, thrown);
      }
    }
  }

  /** The last moment of a request that was left and that nobody went on with. */
  static final class Recycle {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This org.apache.coyote.Request request) {
      TomcatRequests.forget(request);
    }
  }

  /** The request has found its servlet, which its filters may yet spare. */
  static final class WrapperValve {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Request request) {
      TomcatRequests.mapped(request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Request request) {
      TomcatRequests.filtered(request);
    }
  }

  /** The last filter has let the request through to the servlet. */
  static final class FilterChain {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("pos") int filter, @Advice.FieldValue("n") int filters) {
      if (filter == filters) {
        ServedRequest.reached();
      }
    }
  }

  /**
   * A forward, an error page or an include; it names the route if no servlet was reached before.
   */
  static final class Dispatcher {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("wrapper") Wrapper wrapper,
        @Advice.FieldValue("servletPath") String servletPath,
        @Advice.FieldValue("pathInfo") String pathInfo) {
      TomcatRequests.dispatched(wrapper, servletPath, pathInfo);
    }
  }

  /** What a servlet or filter has thrown. */
  static final class Uncaught {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(2) Throwable thrown) {
      ServedRequest.failed(thrown);
    }
  }

  /** What went wrong while no thread was in the request; null for a timeout. */
  static final class AsyncFailure {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Throwable thrown) {
      ServedRequest.failed(thrown);
    }
  }
}
