/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.SQLException;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The shop on an embedded Tomcat: the web application {@code /shop}. */
public final class TomcatShop {
  private TomcatShop() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    // There is one for the JVM, and containers of modules have set theirs.
    TomcatURLStreamHandlerFactory.disable();
    Path base = Files.createTempDirectory("shop");
    Path pages = Files.createDirectories(base.resolve("pages"));
    Files.write(pages.resolve("about.html"), "<p>A shop.</p>".getBytes(StandardCharsets.UTF_8));
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxThreads", "8");
    try (Database database = new Database();
        Warehouse warehouse = new Warehouse()) {
      Context shop = tomcat.addContext("/shop", pages.toString());
      servlets(shop, database, warehouse);
      for (int i = 0; i < Integer.getInteger("shop.filters", 1); i++) {
        filter(shop, "pass" + i);
      }
      ErrorPage sorry = new ErrorPage();
      sorry.setErrorCode(410);
      sorry.setLocation("/sorry");
      shop.addErrorPage(sorry);
      tomcat.start();
      Console.serve(tomcat.getConnector().getLocalPort());
    } finally {
      tomcat.stop();
      tomcat.destroy();
      Files.deleteIfExists(Paths.get(pages.toString(), "about.html"));
    }
  }

  private static void servlets(Context shop, Database database, Warehouse warehouse) {
    Wrapper files =
        Tomcat.addServlet(shop, "default", "org.apache.catalina.servlets.DefaultServlet");
    files.setLoadOnStartup(1);
    shop.addServletMappingDecoded("/", "default");
    add(shop, "/plain", (request, response) -> response.getWriter().print("plain"));
    add(shop, "/orders", (request, response) -> response.getWriter().print(database.count()));
    add(shop, "/orders/*", (request, response) -> order(database, request, response));
    add(
        shop,
        "/checkout",
        (request, response) -> {
          database.restock(4);
          response.getWriter().print(warehouse.ask("/stock?of=tea"));
        });
    add(shop, "/stock", (request, response) -> response.setStatus(warehouse.ask("/stock")));
    add(
        shop,
        "/lost",
        (request, response) -> response.getWriter().print(warehouse.ask("/missing")));
    add(shop, "*.do", (request, response) -> response.getWriter().print("done"));
    add(shop, "/gone", (request, response) -> response.sendError(410));
    add(shop, "/sorry", (request, response) -> response.getWriter().print("sorry"));
    add(shop, "/moved", (request, response) -> response.sendRedirect("orders"));
    add(
        shop,
        "/forward",
        (request, response) -> request.getRequestDispatcher("/orders").forward(request, response));
    add(
        shop,
        "/include",
        (request, response) -> request.getRequestDispatcher("/plain").include(request, response));
    add(shop, "/broken", (request, response) -> database.broken());
    add(
        shop,
        "/crash",
        (request, response) -> {
          throw new IllegalStateException("crash");
        });
    add(shop, "/async", (request, response) -> async(database, request));
    add(shop, "/async-dispatch", (request, response) -> dispatch(request));
  }

  private static void order(
      Database database, HttpServletRequest request, HttpServletResponse response)
      throws IOException, SQLException {
    String item = database.item(Integer.parseInt(request.getPathInfo().substring(1)));
    if (item == null) {
      response.sendError(404, "no such order");
    } else {
      response.getWriter().print(item);
    }
  }

  private static void async(Database database, HttpServletRequest request) {
    AsyncContext context = request.startAsync();
    context.start(
        () -> {
          try {
            context.getResponse().getWriter().print(database.count());
          } catch (IOException | SQLException e) {
            ((HttpServletResponse) context.getResponse()).setStatus(500);
          }
          context.complete();
        });
  }

  private static void dispatch(HttpServletRequest request) {
    AsyncContext context = request.startAsync();
    context.start(() -> context.dispatch("/plain"));
  }

  private static void add(Context context, String pattern, Page page) {
    Wrapper wrapper = Tomcat.addServlet(context, pattern, new PageServlet(page));
    wrapper.setAsyncSupported(true);
    context.addServletMappingDecoded(pattern, pattern);
  }

  private static void filter(Context context, String name) {
    FilterDef definition = new FilterDef();
    definition.setFilterName(name);
    definition.setFilter(new PassFilter());
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap map = new FilterMap();
    map.setFilterName(name);
    map.addURLPattern("/*");
    map.setDispatcher(DispatcherType.REQUEST.name());
    context.addFilterMap(map);
  }

  /** What one servlet does. */
  private interface Page {
    void serve(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException, SQLException;
  }

  /** A servlet made of a page. */
  private static final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private final transient Page page;

    PageServlet(Page page) {
      this.page = page;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      try {
        page.serve(request, response);
      } catch (SQLException e) {
        throw new ServletException(e);
      }
    }
  }

  /** A filter that lets everything through. */
  private static final class PassFilter implements Filter {
    @Override
    public void init(FilterConfig config) {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(request, response);
    }

    @Override
    public void destroy() {}
  }
}
