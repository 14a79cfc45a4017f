/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Span;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.glassfish.grizzly.http.server.Request;

/**
 * Measures every request that Grizzly answers for GlassFish and Payara, as one server span.
 *
 * <p>The container of the latter is kin to Tomcat: types of the same names with other methods. What
 * both have alike, filter chain and dispatcher, {@link TomcatHook} weaves in both.
 */
@Supported(
    library = "GlassFish, Payara",
    tested = "GlassFish 7.0, Payara Micro 7",
    gives = "as Tomcat")
public final class GrizzlyHook extends Hook {
  /** Declares the hook. */
  public GrizzlyHook() {
    super("grizzly");
    helper(ServletRoutes.class);
    helper(TomcatRoutes.class);
    helper(Headers.class);
    helper(ServedRequest.class);
    helper("GrizzlyExchange");
    helper(GrizzlyRequests.class);
    helper(GlassFishRoutes.class);
    String request = "(Lorg/glassfish/grizzly/http/server/Request;";
    String server = "org.glassfish.grizzly.http.server.";
    type(server + "HttpHandler").advise("doHandle", request, Handler.class);
    type("org.apache.catalina.connector.CoyoteAdapter").advise("service", request, Handler.class);
    String valve = "(Lorg/apache/catalina/Request;Lorg/apache/catalina/Response;";
    type("org.apache.catalina.core.StandardWrapperValve")
        .advise("invoke", valve, WrapperValve.class)
        .advise("exception", valve + "Ljava/lang/Throwable;", Uncaught.class);
    type("org.apache.catalina.core.StandardWrapper").advise("service", "(", Servlet.class);
  }

  /** A thread that answers a request, or goes on with one that another has left. */
  static final class Handler {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Span enter(@Advice.Argument(0) Request request) {
      Current current = Current.get();
      Span before = current.span;
      GrizzlyRequests.open(current, request);
      return before;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Span before, @Advice.Thrown Throwable thrown) {
      ServedRequest.failed(thrown);
      ServedRequest.leave(Current.get(), before);
    }
  }

  /** The request has found its servlet, which its filters may yet spare. */
  static final class WrapperValve {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object request) {
      GlassFishRoutes.mapped(request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object request) {
      GlassFishRoutes.filtered(request);
    }
  }

  /** The servlet itself, after the filters if there are any. */
  static final class Servlet {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      ServedRequest.reached();
    }
  }

  /** What a servlet or filter has thrown. */
  static final class Uncaught {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(2) Throwable thrown) {
      ServedRequest.failed(thrown);
    }
  }
}
