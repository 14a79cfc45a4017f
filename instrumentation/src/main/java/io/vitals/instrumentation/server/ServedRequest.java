/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.ServerDetails;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Settings;
import io.vitals.bootstrap.Span;

/** What the hooks of servers say of the request that a thread is answering. */
public final class ServedRequest {
  private ServedRequest() {}

  /**
   * Starts the span of a request; what is not in its headers is the caller's to add.
   *
   * @param path raw, without the query
   */
  static ServerSpan start(
      Current current, Headers headers, String method, String path, boolean https) {
    Settings settings = Settings.current;
    String[] fields = settings.propagation.fields;
    for (int i = 0; i < fields.length; i++) {
      current.incoming(i, headers.first(fields[i]));
    }
    ServerSpan span = Probe.startServer(current, path);
    span.method = method;
    if (https) {
      span.bits |= Span.HTTPS;
    }
    Probe.opened(span);
    ServerDetails details = span.details;
    if (details != null) {
      details.path = path;
      details.host = headers.first("Host");
      details.userAgent = headers.first("User-Agent");
      details.forwarded = headers.first("Forwarded");
      details.forwardedFor = headers.first("X-Forwarded-For");
      details.forwardedHost = headers.first("X-Forwarded-Host");
      details.forwardedProto = headers.first("X-Forwarded-Proto");
      details.requestHeaders = captured(headers, settings.requestHeaders);
    }
    return span;
  }

  /** The values of headers to capture, or null if there are none to capture. */
  static String[] captured(Headers headers, String[] names) {
    if (names.length == 0) {
      return null;
    }
    String[] values = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      values[i] = headers.all(names[i]);
    }
    return values;
  }

  /** Whether this thread is answering a request already. */
  static boolean isOpen(Current current) {
    return current.span != null && current.span.root instanceof ServerSpan;
  }

  /** The span of the request that this thread answers, unless a servlet was reached already. */
  static ServerSpan unrouted() {
    Span open = Current.span();
    if (open == null || (open.root.bits & Span.ROUTED) != 0) {
      return null;
    }
    return open.root instanceof ServerSpan ? (ServerSpan) open.root : null;
  }

  /**
   * Leaves the span that was opened on this thread since.
   *
   * @param before what was open before it
   */
  public static void leave(Current current, Span before) {
    Span open = current.span;
    if (open != null && open != before && open.root instanceof ServerSpan) {
      Probe.leave(current, open.root);
      current.span = before;
    }
  }

  /** The servlet is reached: the route that was noted holds. */
  public static void reached() {
    ServerSpan span = unrouted();
    if (span != null) {
      span.bits |= Span.ROUTED;
    }
  }

  /** Notes what failed, without the exception that servlets have to wrap it in. */
  public static void failed(Throwable thrown) {
    Span open = Current.span();
    if (thrown == null || open == null || !(open.root instanceof ServerSpan)) {
      return;
    }
    open.root.error = cause(thrown);
  }

  /** What failed, without the exception that servlets have to wrap it in. */
  static Throwable cause(Throwable thrown) {
    String type = thrown.getClass().getName();
    boolean wrapper =
        type.equals("jakarta.servlet.ServletException")
            || type.equals("javax.servlet.ServletException");
    return wrapper && thrown.getCause() != null ? thrown.getCause() : thrown;
  }

  /** What has failed so far, or null. */
  public static Object failure() {
    Span open = Current.span();
    return open == null ? null : open.root.error;
  }

  /**
   * Notes what failed, or forgets what was caught since.
   *
   * @param before the {@link #failure} of that time
   * @param thrown null if nothing is thrown further
   */
  public static void failed(Object before, Throwable thrown) {
    Span open = Current.span();
    if (thrown != null) {
      failed(thrown);
    } else if (open != null && open.root instanceof ServerSpan) {
      open.root.error = before;
    }
  }
}
