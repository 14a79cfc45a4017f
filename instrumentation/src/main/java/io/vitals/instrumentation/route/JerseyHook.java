/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.route;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import java.net.URI;
import java.util.LinkedList;
import net.bytebuddy.asm.Advice;
import org.glassfish.jersey.server.internal.routing.UriRoutingContext;
import org.glassfish.jersey.uri.UriTemplate;

/**
 * Takes the route from Jersey 2 to 4: the templates that its routing has matched, below the base of
 * the application, before any filter that comes after matching.
 *
 * <p>Its own types are the same for {@code javax} and {@code jakarta}; no other is named.
 */
@Supported(
    library = "Jersey",
    tested = "2.25, 2.48, 3.1, 4.0",
    gives =
        "the templates of class and method as route, those of sub-resource " + "locators between")
public final class JerseyHook extends Hook {
  /** Declares the hook. */
  public JerseyHook() {
    super("jersey", "jaxrs", "jaxrs-2.0", "jersey-2.0", "jaxrs-3.0", "jersey-3.0");
    helper(RouteTexts.class);
    helper(FrameworkRoutes.class);
    helper(RestRoutes.class);
    helper(Templates.class);
    type("org.glassfish.jersey.server.internal.routing.UriRoutingContext")
        .advise(
            "setEndpoint",
            "(Lorg/glassfish/jersey/server/internal/process/Endpoint;)",
            Matched.class);
  }

  /** Routing has found what answers; it asks for no endpoint where it has found nothing. */
  static final class Matched {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This UriRoutingContext routing,
        @Advice.FieldValue("templates") LinkedList<UriTemplate> templates) {
      Templates.matched(routing.getBaseUri(), templates);
    }
  }

  /** Puts templates together. */
  public static final class Templates {
    private Templates() {}

    /** Notes the route: the last template is the outermost. */
    public static void matched(URI base, LinkedList<UriTemplate> templates) {
      if (FrameworkRoutes.request() == null) {
        return;
      }
      String route = base == null ? "" : base.getPath();
      for (int i = templates.size() - 1; i >= 0; i--) {
        route = RestRoutes.below(route, templates.get(i).getTemplate());
      }
      FrameworkRoutes.matchedBelow(null, route);
    }
  }
}
