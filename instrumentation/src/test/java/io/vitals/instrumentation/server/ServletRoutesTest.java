/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardWrapper;
import org.junit.jupiter.api.Test;

/** Routes of servlets with every kind of mapping. */
class ServletRoutesTest {
  private static ServletRoutes routes(String application, String... mappings) {
    StandardContext context = new StandardContext();
    context.setPath(application);
    StandardWrapper servlet = new StandardWrapper();
    servlet.setParent(context);
    for (String mapping : mappings) {
      servlet.addMapping(mapping);
    }
    return TomcatRoutes.of(servlet);
  }

  @Test
  void singleMapping_isItsOwnRoute() {
    assertThat(routes("/shop", "/orders").resolve("/orders")).isEqualTo("/shop/orders");
    assertThat(routes("/shop", "/orders/*").resolve("/orders/1")).isEqualTo("/shop/orders/*");
    assertThat(routes("", "*.do").resolve("/a/b.do")).isEqualTo("/*.do");
  }

  @Test
  void defaultMapping_isAllButTheRoot() {
    ServletRoutes routes = routes("/shop", "/");
    assertThat(routes.resolve("/")).isEqualTo("/shop/");
    assertThat(routes.resolve("/about.html")).isEqualTo("/shop/*");
  }

  @Test
  void exactMapping_winsOverLongestThenShorter() {
    ServletRoutes routes = routes("/shop", "/a/*", "/a/b/*", "/a/b/c", "*.x", "");
    assertThat(routes.resolve("/a/b/c")).isEqualTo("/shop/a/b/c");
    assertThat(routes.resolve("/a/b/c/")).isEqualTo("/shop/a/b/c");
    assertThat(routes.resolve("/a/b")).isEqualTo("/shop/a/b/*");
    assertThat(routes.resolve("/a/bc")).isEqualTo("/shop/a/*");
    assertThat(routes.resolve("/z.x")).isEqualTo("/shop/*.x");
    assertThat(routes.resolve("/")).isEqualTo("/shop/");
    assertThat(routes.resolve("/elsewhere")).isNull();
  }

  @Test
  void page_isItsOwnRouteUntilThereAreTooMany() {
    ServletRoutes routes = routes("/shop", "*.jsp");
    String first = routes.resolve("/first.jsp");
    assertThat(first).isEqualTo("/shop/first.jsp");
    for (int i = 0; i < 10_000; i++) {
      routes.resolve("/" + i + ".jsp");
    }
    assertThat(routes.resolve("/first.jsp")).isSameAs(first);
    assertThat(routes.resolve("/one-too-many.jsp")).isEqualTo("/shop/*.jsp");
  }

  @Test
  void routes_areMadeOnceForAServlet() {
    StandardContext context = new StandardContext();
    context.setPath("/shop");
    StandardWrapper servlet = new StandardWrapper();
    servlet.setParent(context);
    servlet.addMapping("/orders");
    assertThat(TomcatRoutes.of(servlet)).isSameAs(TomcatRoutes.of(servlet));
  }
}
