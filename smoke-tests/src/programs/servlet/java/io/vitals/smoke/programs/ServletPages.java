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
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The pages of the HTTP contract, and those that only servlets have, for any container.
 *
 * <p>The container itself adds files for {@code *.html}, the error page {@code /plain} for the
 * status 418, and {@link Guard} for {@code /guarded/*}.
 */
final class ServletPages {
  private ServletPages() {}

  /** Takes a servlet that supports asynchronous requests. */
  interface Container {
    /** Maps the servlet to the pattern. */
    void add(String pattern, HttpServlet servlet);
  }

  /** What one servlet does. */
  interface Page {
    /** Answers. */
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  /** Adds the servlets to the container. */
  static void addTo(Container container, ContractPages pages) {
    for (String path : ContractPages.PATHS) {
      add(container, path, (request, response) -> answer(pages, path, request, response));
    }
    Page plain = (request, response) -> answer(pages, "/plain", request, response);
    add(container, "/items/*", plain);
    add(container, "/guarded/yes", plain);
    add(container, "/guarded/no", plain);
    add(container, "/async", (request, response) -> later(pages, request));
    add(
        container,
        "/async-start",
        (request, response) -> {
          AsyncContext later = request.startAsync();
          later.start(() -> complete(pages, later, request, response));
        });
    add(
        container,
        "/async-dispatch",
        (request, response) -> {
          AsyncContext later = request.startAsync();
          pages.elsewhere(() -> later.dispatch("/call"));
        });
    add(container, "/async-timeout", (request, response) -> request.startAsync().setTimeout(100));
    add(container, "/teapot", (request, response) -> response.sendError(418));
    add(
        container,
        "/forward",
        (request, response) -> request.getRequestDispatcher("/call").forward(request, response));
  }

  private static void add(Container container, String pattern, Page page) {
    container.add(pattern, new PageServlet(page));
  }

  private static void later(ContractPages pages, HttpServletRequest request) {
    AsyncContext later = request.startAsync();
    HttpServletResponse response = (HttpServletResponse) later.getResponse();
    pages.elsewhere(() -> complete(pages, later, request, response));
  }

  private static void complete(
      ContractPages pages,
      AsyncContext later,
      HttpServletRequest request,
      HttpServletResponse response) {
    try {
      answer(pages, "/call", request, response);
    } catch (IOException e) {
      response.setStatus(500);
    }
    later.complete();
  }

  private static void answer(
      ContractPages pages, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ContractPages.Answer answer = pages.serve(path, request.getInputStream());
    if (response.getStatus() == 200) {
      response.setStatus(answer.status);
    }
    for (String value : ContractPages.Answer.X_ANSWER) {
      response.addHeader("X-Answer", value);
    }
    if (answer.status == 302) {
      response.setHeader("Location", "/plain");
    }
    response.getOutputStream().write(answer.body.getBytes(StandardCharsets.UTF_8));
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
        throws IOException {
      try {
        page.serve(request, response);
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  /** Answers for files, in a container that has no servlet for them. */
  static final class About extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getOutputStream().write("<p>About.</p>".getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Answers itself what ends in {@code no}. */
  static final class Guard implements Filter {
    @Override
    public void init(FilterConfig config) {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      if (((HttpServletRequest) request).getRequestURI().endsWith("no")) {
        ((HttpServletResponse) response).setStatus(403);
      } else {
        chain.doFilter(request, response);
      }
    }

    @Override
    public void destroy() {}
  }
}
