/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The pages of a web application that an application server finds by itself, with H2 inside. */
public final class WarShop {
  private WarShop() {}

  /** Asks the database. */
  @WebServlet("/orders/*")
  public static final class Orders extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      response.getWriter().print(count());
    }
  }

  /** Asks another page over HTTP. */
  @WebServlet("/checkout")
  public static final class Checkout extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      URL stock = new URL("http://127.0.0.1:" + request.getServerPort() + "/shop/stock");
      HttpURLConnection connection = (HttpURLConnection) stock.openConnection();
      connection.setReadTimeout(30_000);
      response.getWriter().print(connection.getResponseCode());
    }
  }

  /** Answers at once. */
  @WebServlet(value = "/stock", asyncSupported = true)
  public static final class Stock extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setHeader("X-Answer", "yes");
      response.getWriter().print("stock");
    }
  }

  /** Asks the database on another thread of the container. */
  @WebServlet(value = "/async", asyncSupported = true)
  public static final class Async extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      AsyncContext later = request.startAsync();
      later.start(
          () -> {
            try {
              response.getWriter().print(count());
            } catch (IOException | ServletException e) {
              response.setStatus(500);
            }
            later.complete();
          });
    }
  }

  /** Goes on with another page, on another thread of the container. */
  @WebServlet(value = "/async-dispatch", asyncSupported = true)
  public static final class AsyncDispatch extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      AsyncContext later = request.startAsync();
      later.start(
          () -> {
            left();
            later.dispatch("/stock");
          });
    }

    /**
     * Lets the container's thread leave the page: Grizzly at times forgets a dispatch that comes
     * before, also under another agent, and the request hangs.
     */
    private static void left() {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Goes on with another page. */
  @WebServlet("/forward")
  public static final class Forward extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      request.getRequestDispatcher("/stock").forward(request, response);
    }
  }

  /** Has an error page. */
  @WebServlet("/gone")
  public static final class Gone extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.sendError(410);
    }
  }

  /** The error page. */
  @WebServlet("/sorry")
  public static final class Sorry extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("sorry");
    }
  }

  /** Throws. */
  @WebServlet("/crash")
  public static final class Crash extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      throw new IllegalStateException("crash");
    }
  }

  /** Lets everything through. */
  @WebFilter(value = "/*", asyncSupported = true)
  public static final class Pass implements Filter {
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

  private static int count() throws ServletException {
    try {
      // The driver lies in the web application, where the JDK does not look for it.
      Class.forName("org.h2.Driver");
      try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:shop", "sa", "");
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("SELECT count(*) FROM information_schema.tables")) {
        rows.next();
        return rows.getInt(1);
      }
    } catch (ClassNotFoundException | SQLException e) {
      throw new ServletException(e);
    }
  }
}
