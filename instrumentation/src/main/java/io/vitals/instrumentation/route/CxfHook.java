/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.route;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;
import org.apache.cxf.jaxrs.model.ClassResourceInfo;
import org.apache.cxf.jaxrs.model.OperationResourceInfo;
import org.apache.cxf.jaxrs.model.OperationResourceInfoStack;
import org.apache.cxf.jaxrs.model.URITemplate;
import org.apache.cxf.message.Message;

/**
 * Takes the route from CXF 3 and 4: the templates of the methods that it has matched, below the
 * address of the endpoint, before any filter that comes after matching.
 *
 * <p>Its own types are the same for {@code javax} and {@code jakarta}; no other is named.
 */
@Supported(library = "CXF (JAX-RS)", tested = "3.6, 4.2", gives = "as Jersey")
public final class CxfHook extends Hook {
  /** Declares the hook. */
  public CxfHook() {
    super("cxf", "jaxrs", "jaxrs-2.0", "cxf-3.2");
    helper(RouteTexts.class);
    helper(FrameworkRoutes.class);
    helper(RestRoutes.class);
    helper(Operations.class);
    type("org.apache.cxf.jaxrs.utils.JAXRSUtils")
        .advise(
            "pushOntoStack", "(Lorg/apache/cxf/jaxrs/model/OperationResourceInfo;", Matched.class);
  }

  /** A method was matched, or after a locator one of what that has found. */
  static final class Matched {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(2) Message message) {
      Operations.matched(message);
    }
  }

  /** Puts the templates of methods together. */
  public static final class Operations {
    private Operations() {}

    /** Notes the route: the first method is the outermost, and those before the last locate. */
    public static void matched(Message message) {
      OperationResourceInfoStack stack = message.get(OperationResourceInfoStack.class);
      if (stack == null || FrameworkRoutes.request() == null) {
        return;
      }
      String before = null;
      String route = (String) message.get(Message.BASE_PATH);
      for (int i = 0; i < stack.size(); i++) {
        OperationResourceInfo method = stack.get(i).getMethodInfo();
        if (i == 0) {
          ClassResourceInfo resource = method.getClassResourceInfo();
          route = below(route, resource.getURITemplate());
        } else {
          before = route;
        }
        route = below(route, method.getURITemplate());
      }
      FrameworkRoutes.matchedBelow(before, route);
    }

    private static String below(String route, URITemplate template) {
      return RestRoutes.below(route, template == null ? null : template.getValue());
    }
  }
}
