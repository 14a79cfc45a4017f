/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.client;

import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.HeaderMap;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.Propagation;
import io.vitals.bootstrap.Scope;
import io.vitals.bootstrap.SentRequest;
import io.vitals.bootstrap.Settings;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import jdk.internal.net.http.HttpRequestImpl;
import net.bytebuddy.asm.Advice;

/**
 * Measures the requests of {@link java.net.http.HttpClient}: one span a {@code send} or {@code
 * sendAsync}, redirects and retries included.
 *
 * <p>The trace's headers are put into the client's own copy of the request, among those that the
 * client itself adds, so that no request that the application gets to see shows them.
 */
@Supported(
    library = "JDK `java.net.http.HttpClient`",
    tested = "11 to 26",
    gives = "as `HttpURLConnection`, blocking and asynchronous, HTTP/1.1 and 2")
public final class JdkHttpClientHook extends Hook {
  /** Declares the hook. */
  public JdkHttpClientHook() {
    super("java-http-client");
    String request = "(Ljava/net/http/HttpRequest;";
    String handler = "Ljava/net/http/HttpResponse$BodyHandler;";
    type("jdk.internal.net.http.HttpClientImpl")
        .advise("send", request + handler + ")", Send.class)
        .advise(
            "sendAsync",
            request + handler + "Ljava/net/http/HttpResponse$PushPromiseHandler;)",
            SendAsync.class);
    type("jdk.internal.net.http.HttpRequestImpl")
        .advise("<init>", request + "Ljava/net/ProxySelector;)", Copy.class)
        .advise(
            "<init>",
            "(Ljava/net/URI;Ljava/lang/String;Ljdk/internal/net/http/HttpRequestImpl;",
            Redirect.class);
  }

  /** A request whose sender waits for the response. */
  static final class Send {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static ClientSpan enter(@Advice.Argument(0) HttpRequest request) {
      String method = request.method();
      URI uri = request.uri();
      String[] names = Settings.current.clientRequestHeaders;
      String[] headers =
          names.length == 0 ? null : HeaderMap.captured(request.headers().map(), names);
      ClientSpan span = Probe.startClient(Current.get());
      if (span != null) {
        span.method = method;
        span.url = uri;
        span.requestHeaders = headers;
      }
      return span;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter ClientSpan span,
        @Advice.Return HttpResponse<?> response,
        @Advice.Thrown Throwable thrown) {
      if (span == null) {
        return;
      }
      if (response != null) {
        span.status(response.statusCode());
        SentRequest.version(span, response.version());
        String[] names = Settings.current.clientResponseHeaders;
        if (names.length > 0 && span.recorded()) {
          span.responseHeaders = HeaderMap.captured(response.headers().map(), names);
        }
      }
      Probe.end(Current.get(), span, thrown);
    }
  }

  /** A request whose sender goes on. */
  static final class SendAsync {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static ClientSpan enter(@Advice.Argument(0) HttpRequest request) {
      String method = request.method();
      URI uri = request.uri();
      String[] names = Settings.current.clientRequestHeaders;
      String[] headers =
          names.length == 0 ? null : HeaderMap.captured(request.headers().map(), names);
      ClientSpan span = Probe.startClient(Current.get());
      if (span != null) {
        span.method = method;
        span.url = uri;
        span.requestHeaders = headers;
      }
      return span;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    @SuppressWarnings({"rawtypes", "unchecked"})
    static void exit(
        @Advice.Enter ClientSpan span,
        @Advice.Return(readOnly = false) CompletableFuture response,
        @Advice.Thrown Throwable thrown)
        throws Exception {
      if (span == null) {
        return;
      }
      Current current = Current.get();
      if (response == null) {
        Probe.end(current, span, thrown);
        return;
      }
      Scope asker = span.parent == null ? null : Probe.detach(span.parent);
      Probe.leave(current, span);
      // Of the client's own kind: cancelling it cancels the request.
      CompletableFuture answered = response.newIncompleteFuture();
      SentRequest sent = new SentRequest(span, HttpResponse.class, asker, answered);
      answered.whenComplete(sent);
      response.whenComplete(sent);
      response = answered;
    }
  }

  /** The client's copy of a request: it gets the headers that name the span. */
  static final class Copy {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This HttpRequestImpl copy, @Advice.FieldValue("userHeaders") HttpHeaders users) {
      Current current = Current.get();
      if (!(current.span instanceof ClientSpan)) {
        return;
      }
      Propagation propagation = Settings.current.propagation;
      for (int i = 0; i < propagation.fields.length; i++) {
        String value = propagation.value(i, current, current.span);
        if (value != null && !users.firstValue(propagation.fields[i]).isPresent()) {
          copy.setSystemHeader(propagation.fields[i], value);
        }
      }
    }
  }

  /** The copy for a redirect or after authentication takes these headers on. */
  static final class Redirect {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This HttpRequestImpl copy, @Advice.Argument(2) HttpRequestImpl original)
        throws Throwable {
      Map<String, List<String>> headers = HeaderMap.ofClient(MethodHandles.lookup(), original);
      for (String field : Settings.current.propagation.fields) {
        List<String> values = headers.get(field);
        if (values != null && !values.isEmpty()) {
          copy.setSystemHeader(field, values.get(0));
        }
      }
    }
  }
}
