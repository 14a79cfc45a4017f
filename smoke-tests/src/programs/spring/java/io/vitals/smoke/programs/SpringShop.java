/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Spring MVC on an embedded Tomcat: the web application {@code /shop}, with two dispatchers. */
public final class SpringShop {
  private SpringShop() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedTomcat tomcat = new EmbeddedTomcat("spring");
    Context shop = tomcat.application("/shop");
    dispatcher(shop, "pages", "/");
    dispatcher(shop, "api", "/api/*");
    dispatcher(shop, "actions", "*.do");
    ErrorPage error = new ErrorPage();
    error.setLocation("/error");
    shop.addErrorPage(error);
    tomcat.serve();
  }

  private static void dispatcher(Context shop, String name, String mapping) {
    AnnotationConfigWebApplicationContext beans = new AnnotationConfigWebApplicationContext();
    beans.register(Beans.class);
    if (hasFunctions()) {
      beans.register(SpringFunctions.class);
    }
    Wrapper wrapper = Tomcat.addServlet(shop, name, new DispatcherServlet(beans));
    wrapper.setAsyncSupported(true);
    wrapper.setLoadOnStartup(1);
    shop.addServletMappingDecoded(mapping, name);
  }

  private static boolean hasFunctions() {
    try {
      Class.forName("org.springframework.web.servlet.function.RouterFunction");
      return true;
    } catch (ClassNotFoundException before52) {
      return false;
    }
  }

  /** What both dispatchers know. */
  @Configuration
  @EnableWebMvc
  public static class Beans {
    @Bean
    public Orders orders() {
      return new Orders();
    }

    @Bean
    public Items items() {
      return new Items();
    }
  }

  /** Methods without a common path. */
  @RestController
  public static class Orders {
    @GetMapping("/orders/{id}")
    public String order(@PathVariable("id") String id) {
      return "order " + id;
    }

    @GetMapping("/late/{id}")
    public Callable<String> late(@PathVariable("id") String id) {
      return () -> "late " + id;
    }

    @GetMapping("/fails")
    public String fails() {
      throw new IllegalStateException("fails");
    }

    @GetMapping("/refused")
    public void refused(HttpServletResponse response) throws IOException {
      response.sendError(403);
    }

    @GetMapping("/thing.do")
    public String action() {
      return "done";
    }

    @RequestMapping("/error")
    public String error() {
      return "sorry";
    }
  }

  /** Methods below a path. */
  @RestController
  @RequestMapping("/items")
  public static class Items {
    @GetMapping
    public String all() {
      return "all";
    }

    @GetMapping("/{id:[0-9]+}/parts/{part}")
    public String part(@PathVariable("id") int id, @PathVariable("part") String part) {
      return id + part;
    }
  }
}
