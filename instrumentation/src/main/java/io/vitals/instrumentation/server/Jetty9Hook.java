/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Span;
import io.vitals.bootstrap.Ticket;
import io.vitals.instrumentation.Hook;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/**
 * Measures every request that Jetty 9.4, 10 or 11 answers, as one server span.
 *
 * <p>The types of Jetty stand as objects here: Jetty 12, which {@link JettyHook} measures, has
 * others of the same names.
 */
public final class Jetty9Hook extends Hook {
  /** Declares the hook. */
  public Jetty9Hook() {
    super("jetty");
    helper(ServletRoutes.class);
    helper(Headers.class);
    helper(ServedRequest.class);
    helper(JettyRoutes.class);
    helper("Jetty9Exchange");
    helper(Jetty9Request.class);
    type("org.eclipse.jetty.server.Server")
        .advise("handle", "(Lorg/eclipse/jetty/server/HttpChannel;)V", Handle.class);
    type("org.eclipse.jetty.server.HttpChannel")
        .advise("handle", "()Z", Channel.class)
        .advise("handleException", "(Ljava/lang/Throwable;)V", Uncaught.class)
        .advise("onCompleted", "()V", Completed.class);
    type("org.eclipse.jetty.server.AsyncContextState")
        .advise("start", "(Ljava/lang/Runnable;)V", Start.class);
    // Pax Web's, below Apache Karaf, is one of Jetty's that has filters of its own.
    for (String handler :
        new String[] {
          "org.eclipse.jetty.servlet.ServletHandler",
          "org.ops4j.pax.web.service.jetty.internal.PaxWebServletHandler"
        }) {
      type(handler)
          .advise(
              "doHandle", "(Ljava/lang/String;Lorg/eclipse/jetty/server/Request;", Mapped.class);
    }
    type("org.eclipse.jetty.servlet.ServletHolder")
        .advise("handle", "(Lorg/eclipse/jetty/server/Request;", Servlet.class);
  }

  /** The request from its headers on, after what rewrites these. */
  static final class Handle {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object channel) {
      Jetty9Request.start(Current.get(), channel);
    }
  }

  /** A thread that answers a request, or goes on with one that another has left. */
  static final class Channel {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Span enter(@Advice.This(typing = Typing.DYNAMIC) Object channel) {
      Current current = Current.get();
      Span before = current.span;
      Jetty9Request.resume(current, channel);
      return before;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Span before) {
      ServedRequest.leave(Current.get(), before);
    }
  }

  /** What a servlet or filter has thrown, or what went wrong while no thread was in the request. */
  static final class Uncaught {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Throwable thrown) {
      ServedRequest.failed(thrown);
    }
  }

  /** The last moment of a request. */
  static final class Completed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This(typing = Typing.DYNAMIC) Object channel) {
      Jetty9Request.completed(Current.get(), channel);
    }
  }

  /**
   * The request, a forward or an error page has found its servlet, which its filters may yet spare.
   */
  static final class Mapped {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This(typing = Typing.DYNAMIC) Object handler,
        @Advice.Argument(0) String target,
        @Advice.Argument(value = 1, typing = Typing.DYNAMIC) Object request) {
      Jetty9Request.mapped(handler, target, request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This(typing = Typing.DYNAMIC) Object handler,
        @Advice.Argument(0) String target,
        @Advice.Argument(value = 1, typing = Typing.DYNAMIC) Object request) {
      Jetty9Request.filtered(handler, target, request);
    }
  }

  /** The last filter has let the request through to the servlet. */
  static final class Servlet {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      ServedRequest.reached();
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
