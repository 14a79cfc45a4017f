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
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpChannelState;

/**
 * Starts the server span of a request of Jetty 12 and puts a {@link JettyStream} around its stream,
 * which ends it; called by {@link JettyHook}'s advice.
 */
public final class JettyRequest implements Headers, Function<HttpStream, HttpStream> {
  private final HttpFields headers;
  private JettyStream stream;

  private JettyRequest(HttpFields headers) {
    this.headers = headers;
  }

  /** Starts the span of a request whose head has been read; null inside another request. */
  public static ServerSpan start(Current current, Request request) {
    if (ServedRequest.isOpen(current)) {
      return null;
    }
    JettyRequest started = new JettyRequest(request.getHeaders());
    // First, as it may fail: what is not around the stream nobody ends.
    request.addHttpStreamWrapper(started);
    HttpURI uri = request.getHttpURI();
    ServerSpan span =
        ServedRequest.start(
            current, started, request.getMethod(), uri.getPath(), request.isSecure());
    started.stream.span = span;
    span.protocol(request.getConnectionMetaData().getProtocol());
    ServerDetails details = span.details;
    if (details != null) {
      details.query = uri.getQuery();
      if (details.host == null) {
        details.host = uri.getAuthority();
      }
      SocketAddress peer = request.getConnectionMetaData().getRemoteSocketAddress();
      if (peer instanceof InetSocketAddress) {
        HeaderMap.peer(span, (InetSocketAddress) peer);
      }
    }
    return span;
  }

  /**
   * Opens the span of a request that goes on here after another thread has left it; null if it is
   * open already, or ended.
   */
  public static ServerSpan resume(Current current, Object request) {
    if (ServedRequest.isOpen(current) || !(request instanceof Request)) {
      return null;
    }
    Components components = ((Request) request).getComponents();
    if (!(components instanceof HttpChannelState)) {
      return null;
    }
    HttpStream stream = ((HttpChannelState) components).getHttpStream();
    while (stream instanceof HttpStream.Wrapper) {
      if (stream instanceof JettyStream) {
        ServerSpan span = ((JettyStream) stream).span;
        Probe.resume(current, span);
        return span;
      }
      stream = ((HttpStream.Wrapper) stream).getWrapped();
    }
    return null;
  }

  /**
   * Notes the route of the servlet that a nested handler has matched; what is no path is the name
   * of a servlet.
   */
  public static void matched(Object handler, Object matched, String path) {
    if (matched instanceof MatchedResource && path.startsWith("/")) {
      JettyRoutes.matched(handler, ((MatchedResource<?>) matched).getResource(), path);
    }
  }

  /** Notes the route of the filters if one of them has spared the servlet that was matched. */
  public static void filtered(Object handler, String path) {
    ServerSpan span = ServedRequest.unrouted();
    if (span != null && span.route != null && path.startsWith("/")) {
      JettyRoutes.filtered(handler, path);
    }
  }

  @Override
  public HttpStream apply(HttpStream wrapped) {
    stream = new JettyStream(wrapped);
    return stream;
  }

  @Override
  public String first(String name) {
    return headers.get(name);
  }

  @Override
  public String all(String name) {
    return all(headers, name);
  }

  static String all(HttpFields headers, String name) {
    List<String> values = headers.getValuesList(name);
    return values.isEmpty() ? null : String.join("\n", values);
  }
}
