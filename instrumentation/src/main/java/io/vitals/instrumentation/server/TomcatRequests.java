/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.Propagation;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Settings;
import io.vitals.bootstrap.Span;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Request;
import org.apache.catalina.mapper.MappingData;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;

/** The life of a server span beside a request of Tomcat; called by {@link TomcatHook}'s advice. */
public final class TomcatRequests {
  /** The last of Tomcat's 32 note slots; Tomcat itself counts from 0 and uses the first three. */
  private static final int SPAN_NOTE = 31;

  /** Where {@code CoyoteAdapter} keeps the request that servlets see. */
  private static final int ADAPTER_NOTE = 1;

  private TomcatRequests() {}

  /** Starts the span of a request whose head has been read. */
  public static ServerSpan start(Current current, org.apache.coyote.Request request) {
    Settings settings = Settings.current;
    propagated(current, request.getMimeHeaders(), settings.propagation);
    String path = settings.ignoredPaths.isEmpty() ? null : TomcatDetails.text(request.requestURI());
    ServerSpan span = Probe.startServer(current, path);
    span.method = TomcatDetails.method(request.method());
    if (request.scheme().equals("https")) {
      span.bits |= Span.HTTPS;
    }
    Probe.opened(span);
    MessageBytes protocol = request.protocol();
    if (protocol.equals("HTTP/1.1")) {
      span.protocol(11);
    } else {
      span.protocol(TomcatDetails.text(protocol));
    }
    if (span.details != null) {
      TomcatDetails.read(request, span.details, path, settings.requestHeaders);
    }
    return span;
  }

  /**
   * Notes the headers that carry trace context, in one walk; of several with a name the first
   * counts, so the walk goes backwards.
   */
  private static void propagated(Current current, MimeHeaders headers, Propagation propagation) {
    String[] fields = propagation.fields;
    for (int i = headers.size() - 1; i >= 0; i--) {
      MessageBytes name = headers.getName(i);
      int length = name.getLength();
      if (!propagation.mayHave(length)) {
        continue;
      }
      for (int field = 0; field < fields.length; field++) {
        if (fields[field].length() == length && name.equalsIgnoreCase(fields[field])) {
          note(current, field, headers.getValue(i));
        }
      }
    }
  }

  private static void note(Current current, int field, MessageBytes value) {
    if (value.getType() == MessageBytes.T_BYTES) {
      ByteChunk bytes = value.getByteChunk();
      current.incoming(field, bytes.getBytes(), bytes.getStart(), bytes.getLength());
    } else {
      current.incoming(field, value.toString());
    }
  }

  /** Opens the span that {@link #leave} has left with the request, if it did. */
  public static ServerSpan resume(Current current, org.apache.coyote.Request request) {
    Object note = request.getNote(SPAN_NOTE);
    if (!(note instanceof ServerSpan)) {
      return null;
    }
    ServerSpan span = (ServerSpan) note;
    Probe.resume(current, span);
    return span;
  }

  /** Ends the span, or leaves it with the request if that goes on without this thread. */
  public static void leave(
      Current current,
      org.apache.coyote.Request request,
      Response response,
      ServerSpan span,
      Throwable thrown) {
    Request adapted = (Request) request.getNote(ADAPTER_NOTE);
    if (thrown == null && adapted != null && adapted.isAsync()) {
      request.setNote(SPAN_NOTE, span);
      Probe.leave(current, span);
      return;
    }
    request.setNote(SPAN_NOTE, null);
    ended(span, response);
    Probe.end(current, span, thrown);
  }

  /**
   * Ends the span that is still left with a request whose objects are about to serve another: an
   * asynchronous request that failed at its start, or one that was never answered.
   */
  public static void forget(org.apache.coyote.Request request) {
    Object note = request.getNote(SPAN_NOTE);
    if (!(note instanceof ServerSpan)) {
      return;
    }
    request.setNote(SPAN_NOTE, null);
    Response response = request.getResponse();
    if (response != null && response.isCommitted()) {
      ended((ServerSpan) note, response);
    }
    Probe.end(Current.get(), (ServerSpan) note, null);
  }

  private static void ended(ServerSpan span, Response response) {
    span.status(response.getStatus());
    if (span.details != null) {
      TomcatDetails.read(response, span.details, Settings.current.responseHeaders);
    }
  }

  /** Notes the route of the servlet that the request is mapped to. */
  public static void mapped(Request request) {
    ServerSpan span = ServedRequest.unrouted();
    MappingData mapping = request.getMappingData();
    if (span != null && mapping.wrapper != null) {
      span.route = TomcatRoutes.of(mapping.wrapper).resolve(path(mapping.requestPath));
    }
  }

  /** Notes the route of the request's filters if one of them has spared the servlet. */
  public static void filtered(Request request) {
    ServerSpan span = ServedRequest.unrouted();
    MappingData mapping = request.getMappingData();
    if (span != null) {
      span.route =
          mapping.context == null
              ? null
              : TomcatRoutes.ofFilters(mapping.context).resolve(path(mapping.requestPath));
    }
  }

  /** Takes the route of the servlet that a request dispatcher goes to, if there is none so far. */
  public static void dispatched(Wrapper wrapper, String servletPath, String pathInfo) {
    ServerSpan span = ServedRequest.unrouted();
    if (span == null || wrapper == null || servletPath == null) {
      return;
    }
    String path = pathInfo == null ? servletPath : servletPath + pathInfo;
    String route = TomcatRoutes.of(wrapper).resolve(path);
    if (route != null) {
      span.route = route;
      span.bits |= Span.ROUTED;
    }
  }

  /** The mapper leaves its paths as characters or as a string. */
  private static CharSequence path(MessageBytes path) {
    return path.getType() == MessageBytes.T_CHARS ? path.getCharChunk() : path.toString();
  }
}
