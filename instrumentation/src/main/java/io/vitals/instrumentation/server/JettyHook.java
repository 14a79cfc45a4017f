/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Ticket;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import io.vitals.instrumentation.Target;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.eclipse.jetty.server.Request;

/**
 * Measures every request that Jetty 12 answers, by a core handler or by a servlet, as one server
 * span.
 *
 * <p>The environments of Jakarta EE differ in the names of their packages only; no servlet type is
 * named anywhere.
 */
@Supported(
    library = "Jetty",
    tested =
        "9.4, 10, 11; 12.0 and 12.1 with core handlers and with servlets of "
            + "Jakarta EE 10 and 11, 12.1 with those of Java EE 8 and Jakarta EE 9; 9.4 as the HTTP "
            + "service of Apache Felix 7.0, and below Pax Web 8 in Apache Karaf 4.4",
    gives = "as Tomcat; without servlets no route")
public final class JettyHook extends Hook {
  /** Declares the hook. */
  public JettyHook() {
    super("jetty");
    helper(ServletRoutes.class);
    helper(Headers.class);
    helper(ServedRequest.class);
    helper(JettyRoutes.class);
    helper(JettyRequest.class);
    helper("JettyStream");
    type("org.eclipse.jetty.server.Server")
        .advise("handle", "(Lorg/eclipse/jetty/server/Request;", Handle.class);
    for (String environment : new String[] {"ee10", "ee11"}) {
      servlets("org.eclipse.jetty." + environment + ".servlet.");
    }
    for (String environment : new String[] {"ee8", "ee9"}) {
      nested("org.eclipse.jetty." + environment + '.');
    }
  }

  private void servlets(String folder) {
    Target channel = type(folder + "ServletChannel");
    channel.advise("handle", "()V", Channel.class);
    channel.advise("handleException", "(Ljava/lang/Throwable;)V", Uncaught.class);
    type(folder + "AsyncContextState").advise("start", "(Ljava/lang/Runnable;)V", Start.class);
    type(folder + "ServletHandler$MappedServlet").advise("handle", "(", Mapped.class);
    type(folder + "ServletHolder").advise("handle", "(", Servlet.class);
  }

  /** The environments of Jakarta EE 8 and 9 keep the handlers of Jetty 9 to 11 within one of 12. */
  private void nested(String folder) {
    type(folder + "nested.HttpChannel")
        .advise("handle", "()Z", NestedChannel.class)
        .advise("handleException", "(Ljava/lang/Throwable;)V", Uncaught.class);
    type(folder + "nested.AsyncContextState")
        .advise("start", "(Ljava/lang/Runnable;)V", Start.class);
    type(folder + "servlet.ServletHandler")
        .advise("getMatchedServlet", "(Ljava/lang/String;)", Matched.class)
        .advise("doHandle", "(Ljava/lang/String;", NestedFilters.class);
    type(folder + "servlet.ServletHolder").advise("handle", "(", Servlet.class);
  }

  /** The request from its headers to where its handler leaves it, answered or not. */
  static final class Handle {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static ServerSpan enter(@Advice.Argument(0) Request request) {
      return JettyRequest.start(Current.get(), request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter ServerSpan span, @Advice.Thrown Throwable thrown) {
      if (span != null) {
        ServedRequest.failed(thrown);
        Probe.leave(Current.get(), span);
      }
    }
  }

  /** A thread that goes on with a request that another has left. */
  static final class Channel {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static ServerSpan enter(
        @Advice.FieldValue(value = "_servletContextRequest", typing = Assigner.Typing.DYNAMIC)
            Object request) {
      return JettyRequest.resume(Current.get(), request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter ServerSpan span) {
      if (span != null) {
        Probe.leave(Current.get(), span);
      }
    }
  }

  /** The same where the request is one of Jetty 9 to 11 around that of 12. */
  static final class NestedChannel {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static ServerSpan enter(
        @Advice.FieldValue(value = "_coreRequest", typing = Assigner.Typing.DYNAMIC)
            Object request) {
      return JettyRequest.resume(Current.get(), request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter ServerSpan span) {
      if (span != null) {
        Probe.leave(Current.get(), span);
      }
    }
  }

  /** What a servlet or filter has thrown, or what went wrong while no thread was in the request. */
  static final class Uncaught {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Throwable thrown) {
      ServedRequest.failed(thrown);
    }
  }

  /**
   * The request, a forward or an error page has found its servlet, which its filters may yet spare.
   */
  static final class Mapped {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object handler,
        @Advice.Argument(1) String path,
        @Advice.FieldValue(value = "_servletHolder", typing = Assigner.Typing.DYNAMIC)
            Object servlet) {
      JettyRoutes.mapped(handler, servlet, path);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object handler,
        @Advice.Argument(1) String path) {
      JettyRoutes.filtered(handler, path);
    }
  }

  /** The same in a nested handler, which knows the servlet's own mapping. */
  static final class Matched {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This(typing = Assigner.Typing.DYNAMIC) Object handler,
        @Advice.Argument(0) String path,
        @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object matched) {
      JettyRequest.matched(handler, matched, path);
    }
  }

  /** The filters of a servlet of a nested handler. */
  static final class NestedFilters {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This(typing = Assigner.Typing.DYNAMIC) Object handler,
        @Advice.Argument(0) String path) {
      JettyRequest.filtered(handler, path);
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
