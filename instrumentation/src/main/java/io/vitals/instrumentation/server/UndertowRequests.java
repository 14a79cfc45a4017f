/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.server.protocol.http2.Http2UpgradeHandler;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.FilterMappingInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.core.ManagedServlet;
import io.undertow.servlet.handlers.ServletChain;
import io.undertow.servlet.handlers.ServletPathMatch;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.AttachmentKey;
import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.HeaderMap;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The life of a server span beside an exchange of Undertow; called by {@link UndertowHook}. */
public final class UndertowRequests {
  private static final AttachmentKey<UndertowExchange> SPAN =
      AttachmentKey.create(UndertowExchange.class);

  private UndertowRequests() {}

  /** Opens the span of an exchange on this thread; starts it if this is the first one. */
  public static void open(Current current, HttpServerExchange exchange) {
    UndertowExchange known = exchange.getAttachment(SPAN);
    if (known == null) {
      if (!exchange.isComplete() && !isUpgrade(exchange)) {
        start(current, exchange);
      }
    } else if (current.span == null || current.span.root != known.span) {
      Probe.resume(current, known.span);
    }
  }

  /** What only asks for HTTP/2 comes again over it. */
  private static boolean isUpgrade(HttpServerExchange exchange) {
    ServerConnection connection = exchange.getConnection();
    return connection instanceof HttpServerConnection
        && ((HttpServerConnection) connection).getRootHandler() instanceof Http2UpgradeHandler
        && exchange.getRequestHeaders().getFirst("HTTP2-Settings") != null
        && "h2c".equals(exchange.getRequestHeaders().getFirst("Upgrade"))
        && exchange.getRequestContentLength()
            <= connection
                .getUndertowOptions()
                .get(
                    UndertowOptions.MAX_BUFFERED_REQUEST_SIZE,
                    UndertowOptions.DEFAULT_MAX_BUFFERED_REQUEST_SIZE);
  }

  private static void start(Current current, HttpServerExchange exchange) {
    UndertowExchange started = new UndertowExchange(exchange.getRequestHeaders());
    // First, as it may fail: what nobody listens for nobody ends.
    exchange.addExchangeCompleteListener(started);
    exchange.putAttachment(SPAN, started);
    ServerSpan span =
        ServedRequest.start(
            current,
            started,
            exchange.getRequestMethod().toString(),
            exchange.isHostIncludedInRequestURI()
                ? exchange.getRequestPath()
                : exchange.getRequestURI(),
            "https".equals(exchange.getRequestScheme()));
    started.span = span;
    span.protocol(exchange.getProtocol().toString());
    if (span.details != null) {
      String query = exchange.getQueryString();
      span.details.query = query == null || query.isEmpty() ? null : query;
      HeaderMap.peer(span, exchange.getConnection().getPeerAddress(InetSocketAddress.class));
    }
  }

  /** The work with the span of its exchange, or as it is if there is none. */
  public static Runnable carried(HttpServerExchange exchange, Runnable work) {
    UndertowExchange known = exchange.getAttachment(SPAN);
    if (known == null
        || known.span == null
        || work == null
        || (known.span.bits & Span.ENDED) != 0) {
      return work;
    }
    return new UndertowTask(known.span, work);
  }

  /** Notes the route of the servlet that a request, a forward or an error page is mapped to. */
  public static void mapped(ServletRequestContext request, ServletChain chain) {
    ServerSpan span = ServedRequest.unrouted();
    ServletPathMatch match = request.getServletPathMatch();
    // One that is called by its name has no path.
    if (span == null
        || match == null
        || match.getServletChain().getManagedServlet() != chain.getManagedServlet()) {
      return;
    }
    ManagedServlet servlet = chain.getManagedServlet();
    ServletRoutes routes = ServletRoutes.kept(servlet);
    if (routes == null) {
      ServletInfo info = servlet.getServletInfo();
      routes = ServletRoutes.ofServlet(servlet, application(request), info.getMappings());
    }
    String route = routes.resolve(path(match));
    if (route != null) {
      span.route = route;
    }
  }

  /** Notes the route of the request's filters if one of them has spared the servlet. */
  public static void filtered(HttpServerExchange exchange) {
    ServerSpan span = ServedRequest.unrouted();
    ServletRequestContext request = exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY);
    ServletPathMatch match = request == null ? null : request.getServletPathMatch();
    if (span == null || match == null) {
      return;
    }
    DeploymentInfo deployment = request.getDeployment().getDeploymentInfo();
    ServletRoutes routes = ServletRoutes.kept(deployment);
    if (routes == null) {
      List<String> mappings = new ArrayList<>();
      for (FilterMappingInfo mapping : deployment.getFilterMappings()) {
        if (mapping.getMappingType() == FilterMappingInfo.MappingType.URL) {
          mappings.add(mapping.getMapping());
        }
      }
      routes = ServletRoutes.ofFilters(deployment, application(request), mappings);
    }
    span.route = routes.resolve(path(match));
  }

  private static String application(ServletRequestContext request) {
    String path = request.getDeployment().getDeploymentInfo().getContextPath();
    return path == null || path.equals("/") ? "" : path;
  }

  private static String path(ServletPathMatch match) {
    String below = match.getRemaining();
    return below == null ? match.getMatched() : match.getMatched() + below;
  }
}
