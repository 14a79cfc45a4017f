/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.instrumentation.Hook;

/** A hook of the Servlet API, for containers that have no hook of their own. */
abstract class StandInHook extends Hook {
  /** The containers that have one; what they answer themselves passes through it anyway. */
  private static final String[] PACKAGES = {
    "org.apache.catalina", "org.apache.tomcat", "org.eclipse.jetty", "io.undertow", "com.ibm.ws",
  };

  /** Declares what neither {@code javax} nor {@code jakarta} changes. */
  StandInHook() {
    super("servlet");
    except(PACKAGES);
    standsInFor(
        TomcatRequests.class,
        JettyRequest.class,
        Jetty9Request.class,
        UndertowRequests.class,
        GrizzlyRequests.class,
        LibertyRequests.class);
    helper(ServletRoutes.class);
    helper(Headers.class);
    helper(ServedRequest.class);
  }
}
