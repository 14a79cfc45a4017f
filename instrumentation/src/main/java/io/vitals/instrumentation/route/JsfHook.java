/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.route;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.asm.Advice;

/**
 * Takes the route from JSF, Mojarra 1.2 to 4 and MyFaces 1.2 to 4: the view of a request, after the
 * path of the web application, if the container has a file of that name.
 *
 * <p>From 3 on the types are those of {@code jakarta.faces}.
 */
@Supported(
    library = "JSF",
    tested = "Mojarra 2.3, 3.0, 4.1, MyFaces 2.3",
    gives = "the view as route, if it exists")
public final class JsfHook extends Hook {
  /** Declares the hook. */
  public JsfHook() {
    super(
        "jsf",
        "jsf-mojarra",
        "jsf-mojarra-1.2",
        "jsf-mojarra-3.0",
        "jsf-myfaces",
        "jsf-myfaces-1.2",
        "jsf-myfaces-3.0");
    helper(RouteTexts.class);
    helper(FrameworkRoutes.class);
    helper(Views.class);
    for (String phase :
        new String[] {
          "com.sun.faces.lifecycle.RestoreViewPhase",
          "org.apache.myfaces.lifecycle.RestoreViewExecutor"
        }) {
      type(phase)
          .advise("execute", "(Ljavax/faces/context/FacesContext;)", Javax.class)
          .advise("execute", "(Ljakarta/faces/context/FacesContext;)", Jakarta.class);
    }
  }

  /** The view of a request has been chosen, whether there is one or not. */
  static final class Javax {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) javax.faces.context.FacesContext context)
        throws MalformedURLException {
      javax.faces.component.UIViewRoot view = context.getViewRoot();
      if (view != null) {
        javax.faces.context.ExternalContext container = context.getExternalContext();
        String path = view.getViewId();
        if (Views.isKnown(path) || Views.found(path, container.getResource(path))) {
          FrameworkRoutes.matched(container.getRequestContextPath(), path);
        }
      }
    }
  }

  /** The same since JSF 3. */
  static final class Jakarta {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) jakarta.faces.context.FacesContext context)
        throws MalformedURLException {
      jakarta.faces.component.UIViewRoot view = context.getViewRoot();
      if (view != null) {
        jakarta.faces.context.ExternalContext container = context.getExternalContext();
        String path = view.getViewId();
        if (Views.isKnown(path) || Views.found(path, container.getResource(path))) {
          FrameworkRoutes.matched(container.getRequestContextPath(), path);
        }
      }
    }
  }

  /**
   * The views that a container has: a request may name any, and one that does not exist must not
   * become a series of its own.
   *
   * <p>Bounded; one that finds no place is looked for again with each request.
   */
  public static final class Views {
    private static final int MOST = 2048;

    private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

    private Views() {}

    /** Whether a view has been seen to exist. */
    public static boolean isKnown(String path) {
      return path != null && KNOWN.contains(path);
    }

    /** Whether the container has a file for a view, which is then known. */
    public static boolean found(String path, URL file) {
      if (file != null && KNOWN.size() < MOST) {
        KNOWN.add(path);
      }
      return file != null;
    }
  }
}
