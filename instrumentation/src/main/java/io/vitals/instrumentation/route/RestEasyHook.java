/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.route;

import io.vitals.bootstrap.Current;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import net.bytebuddy.asm.Advice;
import org.jboss.resteasy.spi.metadata.ResourceLocator;

/**
 * Takes the route from RESTEasy 3 to 7: the path of the method that it invokes, below the paths of
 * the locators that have led there and of the servlet.
 *
 * <p>Its own types are the same for {@code javax} and {@code jakarta}; only the servlet's request
 * is not.
 */
@Supported(library = "RESTEasy", tested = "3.15, 4.7, 6.2, 7.0", gives = "as Jersey")
public final class RestEasyHook extends Hook {
  private static final String INVOCATION =
      "(Lorg/jboss/resteasy/spi/HttpRequest;Lorg/jboss/resteasy/spi/HttpResponse;"
          + "Ljava/lang/Object;)";

  /** Declares the hook. */
  public RestEasyHook() {
    super(
        "resteasy",
        "jaxrs",
        "jaxrs-2.0",
        "resteasy-3.0",
        "resteasy-3.1",
        "jaxrs-3.0",
        "resteasy-6.0");
    helper(RouteTexts.class);
    helper(FrameworkRoutes.class);
    helper(RestRoutes.class);
    helper(Paths.class);
    type("org.jboss.resteasy.plugins.server.servlet.ServletContainerDispatcher")
        .advise(
            "service", "(Ljava/lang/String;Ljavax/servlet/http/HttpServletRequest;", Javax.class)
        .advise(
            "service",
            "(Ljava/lang/String;Ljakarta/servlet/http/HttpServletRequest;",
            Jakarta.class);
    type("org.jboss.resteasy.core.ResourceLocatorInvoker")
        .advise("invokeOnTargetObject", INVOCATION, Located.class);
    type("org.jboss.resteasy.core.ResourceMethodInvoker")
        .advise("invokeOnTarget", INVOCATION, Invoked.class);
  }

  /** A servlet or filter hands a request over. */
  static final class Javax {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static String enter(
        @Advice.Argument(1) javax.servlet.http.HttpServletRequest request,
        @Advice.FieldValue("servletMappingPrefix") String prefix) {
      return Paths.enter(RestRoutes.below(request.getContextPath(), prefix));
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter String before) {
      Current.get().within = before;
    }
  }

  /** The same since RESTEasy 6. */
  static final class Jakarta {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static String enter(
        @Advice.Argument(1) jakarta.servlet.http.HttpServletRequest request,
        @Advice.FieldValue("servletMappingPrefix") String prefix) {
      return Paths.enter(RestRoutes.below(request.getContextPath(), prefix));
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter String before) {
      Current.get().within = before;
    }
  }

  /** A locator has found the object that shall answer; its methods are matched next. */
  static final class Located {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static String enter(@Advice.FieldValue("method") Object locator) {
      return Paths.enter(Paths.matched(locator));
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter String before) {
      Current.get().within = before;
    }
  }

  /** A method shall answer, unless a filter does. */
  static final class Invoked {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("method") Object method) {
      Paths.matched(method);
    }
  }

  /** Reads the paths of methods and keeps what they are below. */
  public static final class Paths {
    /**
     * A handle, since {@code ResourceLocator} is a class in RESTEasy 3.1 and an interface in 3.6;
     * null if it has no such method.
     */
    private static final MethodHandle FULL_PATH = fullPath();

    private Paths() {}

    private static MethodHandle fullPath() {
      try {
        return MethodHandles.publicLookup()
            .findVirtual(ResourceLocator.class, "getFullpath", MethodType.methodType(String.class))
            .asType(MethodType.methodType(String.class, Object.class));
      } catch (ReflectiveOperationException e) {
        return null;
      }
    }

    /** Goes on below a path, and says below which it was. */
    public static String enter(String path) {
      Current current = Current.get();
      String before = current.within;
      current.within = path;
      return before;
    }

    /** Notes the route of a method or locator, and says it. */
    public static String matched(Object method) {
      String within = Current.get().within;
      String path = fullPath(method);
      if (path == null) {
        return within;
      }
      String route = RestRoutes.below(within, path);
      FrameworkRoutes.matchedBelow(within, route);
      return route;
    }

    private static String fullPath(Object method) {
      try {
        return FULL_PATH == null ? null : (String) FULL_PATH.invokeExact(method);
      } catch (Throwable e) {
        return null;
      }
    }
  }
}
