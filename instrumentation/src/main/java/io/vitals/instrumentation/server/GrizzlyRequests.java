/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.HeaderMap;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import java.net.InetSocketAddress;
import org.glassfish.grizzly.http.Note;
import org.glassfish.grizzly.http.server.Request;

/** Starts and resumes the server span of a request of Grizzly; called by {@link GrizzlyHook}. */
public final class GrizzlyRequests {
  /** Notes of one name are one, whichever class loader's copy of this class has made them. */
  private static final Note<ServerSpan> SPAN = Request.createNote("io.vitals.span");

  private GrizzlyRequests() {}

  /** Opens the span of a request on this thread; starts it if this is the first one. */
  public static void open(Current current, Request request) {
    ServerSpan known = request.getNote(SPAN);
    if (known == null || (known.bits & Span.ENDED) != 0) {
      if (!ServedRequest.isOpen(current)) {
        start(current, request);
      }
    } else if (current.span == null || current.span.root != known) {
      Probe.resume(current, known);
    }
  }

  /** Forgets the span of a request whose object is about to serve another, notes and all. */
  static void forget(Request request) {
    request.removeNote(SPAN);
  }

  private static void start(Current current, Request request) {
    GrizzlyExchange started = new GrizzlyExchange(request);
    // First, as it may fail: what nobody listens for nobody ends.
    request.addAfterServiceListener(started);
    ServerSpan span =
        ServedRequest.start(
            current,
            started,
            request.getMethod().getMethodString(),
            request.getRequestURI(),
            request.isSecure());
    started.span = span;
    request.setNote(SPAN, span);
    span.protocol(request.getProtocol().getProtocolString());
    if (span.details != null) {
      span.details.query = request.getQueryString();
      Object peer = request.getRequest().getConnection().getPeerAddress();
      if (peer instanceof InetSocketAddress) {
        HeaderMap.peer(span, (InetSocketAddress) peer);
      }
    }
  }
}
