/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/**
 * Measures requests by the servlets and filters that answer them, in containers that no other hook
 * knows.
 *
 * <p>The build makes the hook for {@code javax} of this source.
 */
@Supported(
    library = "Servlets 3.0 to 6.1 in any other container",
    tested = "`javax`: smart-servlet 1.1; `jakarta`: Piranha 23.3",
    gives = "as Tomcat, for what a servlet or filter answers")
public final class JakartaServletHook extends StandInHook {
  /** Declares the hook. */
  public JakartaServletHook() {
    helper(JakartaServletRoutes.class);
    helper(JakartaServletRequests.class);
    String call = "(Ljakarta/servlet/ServletRequest;Ljakarta/servlet/ServletResponse;";
    typesBelow("jakarta.servlet.Servlet").advise("service", call + ")V", Service.class);
    typesBelow("jakarta.servlet.Filter")
        .advise("doFilter", call + "Ljakarta/servlet/FilterChain;)V", Filter.class);
  }

  /** A servlet, which may be what the container calls first. */
  static final class Service {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.This(typing = Typing.DYNAMIC) Object servlet,
        @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object request,
        @Advice.Argument(value = 1, typing = Typing.DYNAMIC) Object response) {
      return JakartaServletRequests.enter(Current.get(), request, response, servlet);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object request,
        @Advice.Enter Object entered,
        @Advice.Thrown Throwable thrown) {
      if (entered != null) {
        JakartaServletRequests.exit(Current.get(), entered, request, thrown);
      }
    }
  }

  /** A filter, which may be what the container calls first. */
  static final class Filter {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object request,
        @Advice.Argument(value = 1, typing = Typing.DYNAMIC) Object response) {
      return JakartaServletRequests.enter(Current.get(), request, response, null);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object request,
        @Advice.Enter Object entered,
        @Advice.Thrown Throwable thrown) {
      if (entered != null) {
        JakartaServletRequests.exit(Current.get(), entered, request, thrown);
      }
    }
  }
}
