/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.route;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;

/**
 * Takes the route from Spring MVC 3.1 to 7, of methods with annotations and of functions: the
 * pattern that its dispatcher has chosen, after the path of the web application.
 *
 * <p>Spring leaves the pattern in an attribute of the request, whichever kind of handler it is for.
 * Before Spring 6 that is a {@code javax} request.
 */
@Supported(
    library = "Spring MVC",
    tested = "4.3, 5.3, 6.2, 7.0, methods with annotations and functions",
    gives = "the pattern as route, in the span of the server")
public final class SpringMvcHook extends Hook {
  private static final String PATTERN =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

  /** Declares the hook. */
  public SpringMvcHook() {
    super("spring-webmvc", "spring-webmvc-3.1", "spring-webmvc-6.0");
    helper(RouteTexts.class);
    helper(FrameworkRoutes.class);
    type("org.springframework.web.servlet.DispatcherServlet")
        .advise("getHandler", "(Ljavax/servlet/http/HttpServletRequest;)", Javax.class)
        .advise("getHandler", "(Ljakarta/servlet/http/HttpServletRequest;)", Jakarta.class);
  }

  /** The dispatcher has found who handles a request, or nobody. */
  static final class Javax {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) javax.servlet.http.HttpServletRequest request) {
      Object pattern = request.getAttribute(PATTERN);
      FrameworkRoutes.matched(
          request.getContextPath(), pattern == null ? null : pattern.toString());
    }
  }

  /** The same since Spring 6. */
  static final class Jakarta {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) jakarta.servlet.http.HttpServletRequest request) {
      Object pattern = request.getAttribute(PATTERN);
      FrameworkRoutes.matched(
          request.getContextPath(), pattern == null ? null : pattern.toString());
    }
  }
}
