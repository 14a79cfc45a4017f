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
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/**
 * Measures every request that Open Liberty gives to a web application, as one server span.
 *
 * <p>Its types stand as objects here, and no servlet type is named: {@code javax} and {@code
 * jakarta} differ in descriptors only, so that one hook does for both.
 */
@Supported(
    library = "Open Liberty",
    tested = "17.0.0.3 with servlets 3.1",
    gives = "as Tomcat, for what a web application answers")
public final class LibertyHook extends Hook {
  /** Declares the hook. */
  public LibertyHook() {
    super("liberty");
    helper(ServletRoutes.class);
    helper(Headers.class);
    helper(ServedRequest.class);
    helper(LibertyRequests.class);
    helper(LibertyRoutes.class);
    String folder = "com.ibm.ws.webcontainer.";
    type(folder + "WebContainer")
        .advise(
            "handleRequest",
            "(Lcom/ibm/websphere/servlet/request/IRequest;"
                + "Lcom/ibm/websphere/servlet/response/IResponse;"
                + "Lcom/ibm/ws/webcontainer/VirtualHost;",
            Handle.class);
    type(folder + "srt.SRTServletResponse").advise("finish", "()V", Finish.class);
    type(folder + "async.AsyncContextImpl")
        .advise("<init>", "(Lcom/ibm/wsspi/webcontainer/servlet/IExtendedRequest;", Async.class);
    type(folder + "filter.WebAppFilterManager")
        .advise("invokeFilters", "(", Mapped.class)
        .advise("doFilter", "(", Filters.class);
    type(folder + "servlet.ServletWrapper").advise("service", "(", Servlet.class);
  }

  /** The request from its headers to the end of its answer, or to where its thread leaves it. */
  static final class Handle {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static ServerSpan enter(@Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object request) {
      return LibertyRequests.start(Current.get(), request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter ServerSpan span, @Advice.Thrown Throwable thrown) {
      if (span != null) {
        LibertyRequests.leave(Current.get(), span, thrown);
      }
    }
  }

  /** The answer is complete, on whichever thread; the objects are about to serve another. */
  static final class Finish {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This(typing = Typing.DYNAMIC) Object response) {
      LibertyRequests.finished(Current.get(), response);
    }
  }

  /** The request may end on another thread. */
  static final class Async {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object request) {
      LibertyRequests.async(request);
    }
  }

  /** The request has found its servlet, which its filters may yet spare. */
  static final class Mapped {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object request,
        @Advice.Argument(value = 3, typing = Typing.DYNAMIC) Object servlet) {
      LibertyRoutes.mapped(request, servlet);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object request,
        @Advice.Argument(value = 2, typing = Typing.DYNAMIC) Object application) {
      LibertyRoutes.filtered(request, application);
    }
  }

  /** The filters of a servlet; one of them may throw, or catch what the servlet has thrown. */
  static final class Filters {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter() {
      return ServedRequest.failure();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object before, @Advice.Thrown Throwable thrown) {
      LibertyRequests.filtered(before, thrown);
    }
  }

  /** The servlet itself, after the filters if there are any. */
  static final class Servlet {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      ServedRequest.reached();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Thrown Throwable thrown) {
      ServedRequest.failed(thrown);
    }
  }
}
