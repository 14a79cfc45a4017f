/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.route;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;

/**
 * Takes the route from Struts 2.5 to 7: the namespace and the name of the action, with the
 * wildcards of the configuration, after the path of the web application.
 *
 * <p>Before Struts 7 the types are those of XWork, and the request is a {@code javax} one.
 */
@Supported(
    library = "Struts",
    tested = "2.3, 2.5, 6.10, 7.1",
    gives =
        "namespace and name of the action as route, with the wildcards of the " + "configuration")
public final class StrutsHook extends Hook {
  /** Declares the hook. */
  public StrutsHook() {
    super("struts", "struts-2.3", "struts-7.0");
    helper(RouteTexts.class);
    helper(FrameworkRoutes.class);
    type("com.opensymphony.xwork2.DefaultActionInvocation")
        .advise("invokeActionOnly", "()", XWork.class);
    type("org.apache.struts2.DefaultActionInvocation")
        .advise("invokeActionOnly", "()", Struts7.class);
  }

  /** The interceptors are through, and the action is next. */
  static final class XWork {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("proxy") com.opensymphony.xwork2.ActionProxy proxy,
        @Advice.FieldValue("invocationContext")
            com.opensymphony.xwork2.ActionContext invocationContext) {
      Object request =
          invocationContext.get("com.opensymphony.xwork2.dispatcher.HttpServletRequest");
      if (request instanceof javax.servlet.http.HttpServletRequest) {
        FrameworkRoutes.matched(
            ((javax.servlet.http.HttpServletRequest) request).getContextPath(),
            proxy.getNamespace(),
            proxy.getConfig().getName());
      }
    }
  }

  /** The same since Struts 7. */
  static final class Struts7 {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("proxy") org.apache.struts2.ActionProxy proxy,
        @Advice.FieldValue("invocationContext")
            org.apache.struts2.ActionContext invocationContext) {
      Object request = invocationContext.get("org.apache.struts2.dispatcher.HttpServletRequest");
      if (request instanceof jakarta.servlet.http.HttpServletRequest) {
        FrameworkRoutes.matched(
            ((jakarta.servlet.http.HttpServletRequest) request).getContextPath(),
            proxy.getNamespace(),
            proxy.getConfig().getName());
      }
    }
  }
}
