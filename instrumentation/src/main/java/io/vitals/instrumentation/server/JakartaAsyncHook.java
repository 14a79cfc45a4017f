/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Ticket;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/**
 * Follows the asynchronous requests of {@link JakartaServletHook}; apart from it, as servlets 2.5
 * have none of these types.
 */
public final class JakartaAsyncHook extends StandInHook {
  /** Declares the hook. */
  public JakartaAsyncHook() {
    helper(JakartaServletRoutes.class);
    helper(JakartaServletRequests.class);
    helper("JakartaServletListener");
    helper(JakartaServletAsync.class);
    typesBelow("jakarta.servlet.ServletRequest").advise("startAsync", "(", Started.class);
    typesBelow("jakarta.servlet.AsyncContext")
        .advise("start", "(Ljava/lang/Runnable;)V", Start.class)
        .foundBy("dispatch", "(Ljakarta/servlet/ServletContext;Ljava/lang/String;)V");
  }

  /** The request may end on another thread, none of which has the context yet. */
  static final class Started {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return(typing = Typing.DYNAMIC) Object context) {
      JakartaServletAsync.started(Current.get(), context);
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
