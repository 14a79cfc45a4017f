/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.HeaderMap;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.ServerDetails;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Settings;
import java.util.List;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.UserIdentity;

/**
 * The life of a server span beside a request of Jetty 9.4, 10 or 11; called by {@link Jetty9Hook}'s
 * advice.
 *
 * <p>Of Jetty's types only members are used that are alike in all three.
 *
 * <p>Compiled apart from the other hooks, as Jetty 12 has other types of the same names.
 */
public final class Jetty9Request {
  private Jetty9Request() {}

  /** Starts the span of a request whose head has been read. */
  public static void start(Current current, Object channel) {
    if (ServedRequest.isOpen(current)) {
      return;
    }
    HttpChannel jetty = (HttpChannel) channel;
    Request request = jetty.getRequest();
    Jetty9Exchange started = new Jetty9Exchange(request);
    jetty.getTransientListeners().add(started);
    ServerSpan span =
        ServedRequest.start(
            current,
            started,
            request.getMethod(),
            request.getRequestURI(),
            "https".equals(request.getScheme()));
    started.span = span;
    span.protocol(request.getProtocol());
    ServerDetails details = span.details;
    if (details != null) {
      details.query = request.getQueryString();
      if (details.host == null) {
        details.host = request.getServerName() + ':' + request.getServerPort();
      }
      HeaderMap.peer(span, request.getRemoteInetSocketAddress());
    }
  }

  /** Opens the span of a request that goes on here after another thread has left it. */
  public static void resume(Current current, Object channel) {
    Jetty9Exchange started = of(channel);
    if (started != null) {
      Probe.resume(current, started.span);
    }
  }

  /** Ends the span of a request that was answered, whose objects are about to serve another. */
  public static void completed(Current current, Object channel) {
    Jetty9Exchange started = of(channel);
    if (started == null || started.span == null) {
      return;
    }
    Response response = started.request.getResponse();
    ServerSpan span = started.span;
    span.status(response.getStatus());
    if (span.details != null) {
      span.details.responseHeaders = captured(response, Settings.current.responseHeaders);
    }
    Probe.end(current, span, null);
  }

  private static Jetty9Exchange of(Object channel) {
    List<HttpChannel.Listener> listeners = ((HttpChannel) channel).getTransientListeners();
    for (int i = 0; i < listeners.size(); i++) {
      if (listeners.get(i) instanceof Jetty9Exchange) {
        return (Jetty9Exchange) listeners.get(i);
      }
    }
    return null;
  }

  private static String[] captured(Response response, String[] names) {
    if (names.length == 0) {
      return null;
    }
    String[] values = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      values[i] = Jetty9Exchange.joined(response.getHeaders(names[i]));
    }
    return values;
  }

  /** Notes the route of the servlet that a request, a forward or an error page is mapped to. */
  public static void mapped(Object handler, String target, Object request) {
    UserIdentity.Scope servlet = ((Request) request).getUserIdentityScope();
    JettyRoutes.mapped(handler, servlet, path(target));
  }

  /** Notes the route of the request's filters if one of them has spared the servlet. */
  public static void filtered(Object handler, String target, Object request) {
    if (((Request) request).getUserIdentityScope() != null) {
      JettyRoutes.filtered(handler, path(target));
    }
  }

  /** A servlet that is called by its name has no path. */
  private static String path(String target) {
    return target != null && target.startsWith("/") ? target : null;
  }
}
