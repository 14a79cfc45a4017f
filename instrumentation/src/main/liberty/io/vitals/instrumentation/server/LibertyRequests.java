/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import com.ibm.websphere.servlet.request.IRequest;
import com.ibm.websphere.servlet.response.IResponse;
import com.ibm.ws.webcontainer.srt.SRTServletResponse;
import com.ibm.wsspi.webcontainer.servlet.IExtendedRequest;
import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.ServerDetails;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Settings;
import io.vitals.bootstrap.Span;
import java.io.FileNotFoundException;
import java.util.Enumeration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The life of a server span beside a request of Open Liberty; called by {@link LibertyHook}.
 *
 * <p>Compiled apart from the other hooks, against the few members of Liberty's types that it uses.
 */
public final class LibertyRequests implements Headers {
  /**
   * The spans of asynchronous requests until these are finished: as many as there are connections
   * that the server itself holds for them.
   */
  private static final ConcurrentHashMap<Object, ServerSpan> PENDING = new ConcurrentHashMap<>();

  private final IRequest request;

  private LibertyRequests(IRequest request) {
    this.request = request;
  }

  /** Starts the span of a request whose head has been read; null inside another request. */
  public static ServerSpan start(Current current, Object received) {
    if (ServedRequest.isOpen(current)) {
      return null;
    }
    IRequest request = (IRequest) received;
    ServerSpan span =
        ServedRequest.start(
            current,
            new LibertyRequests(request),
            request.getMethod(),
            request.getRequestURI(),
            "https".equals(request.getScheme()));
    span.protocol(request.getProtocol());
    ServerDetails details = span.details;
    if (details != null) {
      String query = request.getQueryString();
      details.query = query == null || query.isEmpty() ? null : query;
      if (details.host == null) {
        details.host = request.getServerName() + ':' + request.getServerPort();
      }
      details.peerAddress = request.getRemoteAddr();
      details.peerPort = request.getRemotePort();
    }
    return span;
  }

  /** Notes that the request of this thread may end on another one. */
  public static void async(Object request) {
    Span open = Current.span();
    if (open != null && open.root instanceof ServerSpan && request instanceof IExtendedRequest) {
      PENDING.put(((IExtendedRequest) request).getIRequest(), (ServerSpan) open.root);
    }
  }

  /** Leaves the span with the request if that goes on without this thread. */
  public static void leave(Current current, ServerSpan span, Throwable thrown) {
    if ((span.bits & Span.ENDED) != 0) {
      return;
    }
    if (thrown == null) {
      Probe.leave(current, span);
    } else {
      Probe.end(current, span, thrown);
    }
  }

  /** Ends the span of a request that is answered. */
  public static void finished(Current current, Object response) {
    SRTServletResponse answered = (SRTServletResponse) response;
    IExtendedRequest request = answered.getRequest();
    IRequest received = request == null ? null : request.getIRequest();
    ServerSpan span = received == null || PENDING.isEmpty() ? null : PENDING.remove(received);
    if (span == null && ServedRequest.isOpen(current)) {
      span = (ServerSpan) current.span.root;
    }
    if (span == null || (span.bits & Span.ENDED) != 0) {
      return;
    }
    int status = answered.getStatusCode();
    span.status(status);
    if (status == 404 && span.error instanceof FileNotFoundException) {
      // How the container says, to itself, that there is no such page.
      span.error = null;
    }
    String[] names = Settings.current.responseHeaders;
    if (span.details != null && names.length > 0) {
      IResponse headers = answered.getIResponse();
      span.details.responseHeaders = new String[names.length];
      for (int i = 0; i < names.length; i++) {
        span.details.responseHeaders[i] = joined(headers.getHeaders(names[i]));
      }
    }
    Probe.end(current, span, null);
  }

  /**
   * Notes what a filter has thrown, or forgets what it has caught.
   *
   * @param before what had failed before the filters
   */
  public static void filtered(Object before, Throwable thrown) {
    if (thrown == null) {
      ServedRequest.failed(before, null);
    } else if (ServedRequest.failure() == before
        && !thrown.getClass().getName().startsWith("com.ibm.")) {
      // Those of the container say what the status says too.
      ServedRequest.failed(thrown);
    }
  }

  @Override
  public String first(String name) {
    return request.getHeader(name);
  }

  @Override
  public String all(String name) {
    return joined(request.getHeaders(name));
  }

  private static String joined(Enumeration<?> values) {
    StringBuilder joined = null;
    while (values != null && values.hasMoreElements()) {
      joined = joined == null ? new StringBuilder() : joined.append('\n');
      joined.append(values.nextElement());
    }
    return joined == null ? null : joined.toString();
  }
}
