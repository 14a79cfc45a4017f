/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.Scope;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.ServletExchange;
import io.vitals.bootstrap.Settings;
import io.vitals.bootstrap.Span;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.Enumeration;

/**
 * Starts, resumes and ends the server span of a request as its servlets and filters are entered and
 * left; called by {@link JakartaServletHook}.
 */
public final class JakartaServletRequests implements Headers {
  /**
   * Servlets before 3.0 do not say how a request was dispatched, nor which status they answered.
   */
  private static final boolean KNOWN_API = isKnown();

  private final HttpServletRequest request;

  private JakartaServletRequests(HttpServletRequest request) {
    this.request = request;
  }

  private static boolean isKnown() {
    try {
      return ServletRequest.class.getMethod("getDispatcherType") != null;
    } catch (NoSuchMethodException before3) {
      return false;
    }
  }

  /**
   * Enters a servlet or filter.
   *
   * @param servlet null for a filter
   * @return what {@link #exit} takes; null if that is inside of what was entered before
   */
  public static Object enter(Current current, Object request, Object response, Object servlet) {
    if (current.exchange == null && ServedRequest.isOpen(current)) {
      return null;
    }
    if (ServletExchange.of(current) != null) {
      reached(servlet, request);
      return null;
    }
    if (!KNOWN_API
        || !(request instanceof HttpServletRequest)
        || !(response instanceof HttpServletResponse)
        || ServedRequest.isOpen(current)) {
      return null;
    }
    HttpServletRequest http = (HttpServletRequest) request;
    DispatcherType type = http.getDispatcherType();
    if (type != null && type != DispatcherType.REQUEST) {
      ServletExchange left = ServletExchange.asynchronous(innermost(http));
      if (left != null || type == DispatcherType.ASYNC || type == DispatcherType.ERROR) {
        return left == null ? null : goOn(current, left, http, servlet);
      }
    }
    ServletExchange entered = start(current, http, response);
    reached(servlet, request);
    return entered;
  }

  private static void reached(Object servlet, Object request) {
    if (servlet != null && ServedRequest.unrouted() != null) {
      JakartaServletRoutes.reached(servlet, (ServletRequest) request);
    }
  }

  /** A thread that a request was dispatched to; it may come while the first is still inside. */
  private static Object goOn(
      Current current, ServletExchange left, HttpServletRequest request, Object servlet) {
    if (!left.resume(current)) {
      return Probe.enter(current, left.span);
    }
    reached(servlet, request);
    return left;
  }

  private static Object innermost(ServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper) {
      inner = ((ServletRequestWrapper) inner).getRequest();
    }
    return inner;
  }

  private static ServletExchange start(
      Current current, HttpServletRequest request, Object response) {
    Span before = current.span;
    try {
      ServerSpan span =
          ServedRequest.start(
              current,
              new JakartaServletRequests(request),
              request.getMethod(),
              request.getRequestURI(),
              request.isSecure() || "https".equals(request.getScheme()));
      span.protocol(request.getProtocol());
      if (span.details != null) {
        span.details.query = request.getQueryString();
        span.details.peerAddress = request.getRemoteAddr();
        span.details.peerPort = Math.max(0, request.getRemotePort());
      }
      return ServletExchange.enter(current, span, innermost(request), response);
    } catch (RuntimeException failed) {
      // Of a request that does not even say its method: nobody would end what is open by now.
      if (current.span != before) {
        Probe.end(current, current.span, null);
      }
      throw failed;
    }
  }

  /** Leaves what was entered first; ends the span unless the request goes on elsewhere. */
  public static void exit(Current current, Object entered, Object request, Throwable thrown) {
    if (entered instanceof Scope) {
      Probe.exit(current, (Scope) entered);
      return;
    }
    ServletExchange exchange = (ServletExchange) entered;
    ServedRequest.failed(thrown);
    if (ServedRequest.unrouted() != null) {
      JakartaServletRoutes.filtered((ServletRequest) exchange.request);
    }
    Span before = exchange.span.parent;
    if (exchange.leave(current, thrown != null || isLast((HttpServletRequest) request))) {
      end(current, exchange);
    }
    ServedRequest.leave(current, before);
  }

  /** Whether the request was dispatched and nobody goes on with it; not all containers say so. */
  private static boolean isLast(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.ASYNC && !request.isAsyncStarted();
  }

  /** Ends the span with the status that the container has answered, or is about to. */
  static void end(Current current, ServletExchange exchange) {
    ServerSpan span = exchange.span;
    HttpServletResponse response = (HttpServletResponse) exchange.response;
    try {
      // The container answers an exception after all servlets and filters were left.
      boolean unanswered = span.error != null && !response.isCommitted();
      span.status(unanswered && response.getStatus() < 400 ? 500 : response.getStatus());
      if (span.details != null) {
        span.details.responseHeaders = captured(response, Settings.current.responseHeaders);
      }
    } finally {
      Probe.end(current, span, null);
    }
  }

  private static String[] captured(HttpServletResponse response, String[] names) {
    if (names.length == 0) {
      return null;
    }
    String[] values = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      Collection<String> found = response.getHeaders(asNamed(response, names[i]));
      values[i] = found == null || found.isEmpty() ? null : String.join("\n", found);
    }
    return values;
  }

  /** The name as the response has it: not all containers look for it in any case. */
  private static String asNamed(HttpServletResponse response, String name) {
    for (String header : response.getHeaderNames()) {
      if (header.equalsIgnoreCase(name)) {
        return header;
      }
    }
    return name;
  }

  @Override
  public String first(String name) {
    return request.getHeader(name);
  }

  @Override
  public String all(String name) {
    Enumeration<String> found = request.getHeaders(name);
    if (found == null || !found.hasMoreElements()) {
      return null;
    }
    StringBuilder values = new StringBuilder(found.nextElement());
    while (found.hasMoreElements()) {
      values.append('\n').append(found.nextElement());
    }
    return values.toString();
  }
}
