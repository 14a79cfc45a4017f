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
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;

/**
 * Ends the span of a request of {@code java.net.http} when its future is complete.
 *
 * <p>That module's types cannot be named here, for Java 8 and because {@code java.base} does not
 * read it; the few facts are read through method handles, made once from the class that woven code
 * hands in.
 */
public final class SentRequest implements BiConsumer<Object, Throwable> {
  private static volatile Response response;

  private final ClientSpan span;

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

  /** Makes what a future is to call when it completes. */
  public SentRequest(ClientSpan span, Class<?> responseType) throws ReflectiveOperationException {
    this.span = span;
    if (response == null) {
      response = new Response(responseType);
    }
  }

  @Override
  public void accept(Object answer, Throwable thrown) {
    try {
      if (answer != null) {
        read(answer);
      }
    } catch (Throwable failure) {
      Probe.failure(failure, "java-http-client");
    }
    Probe.end(Current.get(), span, failureOf(thrown));
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
