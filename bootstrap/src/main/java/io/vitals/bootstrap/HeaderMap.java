/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Reads what the JDK's own HTTP server and clients show as maps of headers.
 *
 * <p>Named modules can have no helper classes, so this stands here. It calls only types of {@code
 * java.base}, and of their own classes.
 */
public final class HeaderMap {
  private HeaderMap() {}

  /**
   * Starts to answer a request.
   *
   * @param headers as they came in; null if there are none
   */
  public static ServerSpan startServer(
      Current current, String method, URI uri, Map<String, List<String>> headers) {
    Settings settings = Settings.current;
    propagated(current, settings.propagation.fields, headers);
    ServerSpan span =
        Probe.startServer(current, settings.ignoredPaths.isEmpty() ? null : uri.getRawPath());
    span.method = method;
    ServerDetails details = span.details;
    if (details != null) {
      details.path = uri.getRawPath();
      details.query = uri.getRawQuery();
      details.host = first(headers, "Host");
      details.userAgent = first(headers, "User-Agent");
      details.forwarded = first(headers, "Forwarded");
      details.forwardedFor = first(headers, "X-Forwarded-For");
      details.forwardedHost = first(headers, "X-Forwarded-Host");
      details.forwardedProto = first(headers, "X-Forwarded-Proto");
      details.requestHeaders = captured(headers, settings.requestHeaders);
    }
    return span;
  }

  /** Looks at each header once instead of asking: asking makes a new string of the name. */
  private static void propagated(
      Current current, String[] fields, Map<String, List<String>> headers) {
    if (fields.length == 0 || headers == null) {
      return;
    }
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      for (int i = 0; i < fields.length; i++) {
        if (fields[i].equalsIgnoreCase(header.getKey()) && !header.getValue().isEmpty()) {
          current.incoming(i, header.getValue().get(0));
        }
      }
    }
  }

  /** Notes who asks. */
  public static void peer(ServerSpan span, InetSocketAddress peer) {
    if (span.details == null || peer == null) {
      return;
    }
    InetAddress address = peer.getAddress();
    span.details.peerAddress = address == null ? null : address.getHostAddress();
    span.details.peerPort = peer.getPort();
  }

  /** Ends what {@link #startServer} has started. */
  public static void endServer(
      Current current,
      ServerSpan span,
      int status,
      Map<String, List<String>> responseHeaders,
      Throwable thrown) {
    span.status(status);
    if (span.details != null) {
      span.details.responseHeaders = captured(responseHeaders, Settings.current.responseHeaders);
    }
    Probe.end(current, span, thrown);
  }

  private static String first(Map<String, List<String>> headers, String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /**
   * The values of headers to capture, or null if there are none to capture; several values of one
   * header are set apart by newlines, which no header can contain.
   */
  public static String[] captured(Map<String, List<String>> headers, String[] names) {
    if (names.length == 0 || headers == null) {
      return null;
    }
    String[] captured = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      List<String> values = headers.get(names[i]);
      if (values == null) {
        continue;
      }
      for (String value : values) {
        captured[i] = captured[i] == null ? value : captured[i] + '\n' + value;
      }
    }
    return captured;
  }

  /**
   * The headers that the client of {@code java.net.http} itself adds to one of its requests; for a
   * redirect only, so nothing is kept of the look-up.
   *
   * @param lookup of the request's own class
   */
  @SuppressWarnings("unchecked")
  public static Map<String, List<String>> ofClient(MethodHandles.Lookup lookup, Object request)
      throws Throwable {
    Object builder =
        lookup
            .unreflect(lookup.lookupClass().getDeclaredMethod("getSystemHeadersBuilder"))
            .invoke(request);
    return (Map<String, List<String>>)
        lookup.unreflect(builder.getClass().getMethod("map")).invoke(builder);
  }
}
