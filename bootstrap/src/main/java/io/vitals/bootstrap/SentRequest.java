/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * Ends the span of a request of {@code java.net.http} when the client's future is complete, and
 * then completes the application's, so that its callbacks run in the trace of whoever asked.
 *
 * <p>That module's types cannot be named here, for Java 8 and because {@code java.base} does not
 * read it; the few facts are read through method handles, made once from the class that woven code
 * hands in.
 */
public final class SentRequest implements BiConsumer<Object, Throwable> {
  private static volatile Response response;

  private final ClientSpan span;
  private final Scope asker;
  private final CompletableFuture<Object> answered;

  /** Set by whoever comes first: the client with the answer, or the application that cancels. */
  private final AtomicBoolean ended = new AtomicBoolean();

  /** Reads the public interface {@code java.net.http.HttpResponse}. */
  private static final class Response {
    final MethodHandle status;
    final MethodHandle version;
    final MethodHandle headers;

    Response(Class<?> type) throws ReflectiveOperationException {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> headerType = type.getMethod("headers").getReturnType();
      MethodType ofObject = MethodType.methodType(Object.class, Object.class);
      status =
          lookup
              .unreflect(type.getMethod("statusCode"))
              .asType(MethodType.methodType(int.class, Object.class));
      version = lookup.unreflect(type.getMethod("version")).asType(ofObject);
      MethodHandle map = lookup.unreflect(headerType.getMethod("map"));
      headers =
          MethodHandles.filterReturnValue(lookup.unreflect(type.getMethod("headers")), map)
              .asType(ofObject);
    }
  }

  /**
   * Makes what both futures are to call when they complete.
   *
   * @param asker the trace in which the request was made, or null
   * @param answered the future that the application gets
   */
  public SentRequest(
      ClientSpan span, Class<?> responseType, Scope asker, CompletableFuture<Object> answered)
      throws ReflectiveOperationException {
    this.span = span;
    this.asker = asker;
    this.answered = answered;
    if (response == null) {
      response = new Response(responseType);
    }
  }

  @Override
  public void accept(Object answer, Throwable thrown) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    try {
      if (answer != null) {
        read(answer);
      }
    } catch (Throwable failure) {
      Probe.failure(failure, "java-http-client");
    }
    Current current = Current.get();
    Probe.end(current, span, failureOf(thrown));
    Scope opened = Probe.attach(current, asker);
    Span outer = current.span;
    if (asker == null) {
      // The client's own tasks go on in the trace of the request; the application's are of none.
      current.span = null;
    }
    try {
      if (thrown == null) {
        answered.complete(answer);
      } else {
        answered.completeExceptionally(thrown);
      }
    } finally {
      current.span = outer;
      Probe.exit(current, opened);
    }
  }

  @SuppressWarnings("unchecked")
  private void read(Object answer) throws Throwable {
    span.status((int) response.status.invokeExact(answer));
    Object version = response.version.invokeExact(answer);
    version(span, (Enum<?>) version);
    String[] names = Settings.current.clientResponseHeaders;
    if (names.length > 0 && span.recorded()) {
      Object headers = response.headers.invokeExact(answer);
      span.responseHeaders = HeaderMap.captured((Map<String, List<String>>) headers, names);
    }
  }

  /** Notes the version; its constants are {@code HTTP_1_1}, {@code HTTP_2}, {@code HTTP_3}. */
  public static void version(ClientSpan span, Enum<?> version) {
    if (version != null) {
      span.protocol(version.ordinal() == 0 ? 11 : 10 + 10 * version.ordinal());
    }
  }

  /** What failed, without what futures wrap it in. */
  private static Throwable failureOf(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
