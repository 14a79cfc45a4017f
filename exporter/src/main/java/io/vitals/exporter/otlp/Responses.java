/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.internal.FailedExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.vitals.exporter.http.PlainHttpSender;
import io.vitals.exporter.work.NameService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Keeps what the backend of one exporter said of its last batch, which the SDK's exporters do not
 * read, and the transport that the exporter has made.
 *
 * <p>An exporter finds its sender through a component loader; this one gives the SDK's own senders,
 * and reads a response before the exporter gets it. Responses come on the senders' threads.
 */
final class Responses implements ComponentLoader {
  private static final String PROTOBUF = "application/x-protobuf";

  private final ComponentLoader components;
  private final AtomicReference<PartialSuccess> last = new AtomicReference<>(PartialSuccess.NONE);
  private Transport transport;

  Responses(ClassLoader loader) {
    this.components = ComponentLoader.forClassLoader(loader);
  }

  /** The transport of the exporter that was made last, or null if it sends no protobuf. */
  Transport transport() {
    return transport;
  }

  /** What was said since this was asked last. */
  PartialSuccess take() {
    return last.getAndSet(PartialSuccess.NONE);
  }

  @Override
  public <T> Iterable<T> load(Class<T> type) {
    List<T> loaded = new ArrayList<>();
    for (T component : components.load(type)) {
      loaded.add(type.cast(overheard(component)));
    }
    return loaded;
  }

  private Object overheard(Object component) {
    if (component instanceof HttpSenderProvider) {
      HttpSenderProvider provider = (HttpSenderProvider) component;
      return (HttpSenderProvider)
          config -> {
            OverHttp sender = new OverHttp(sender(provider, new DirectHttpConfig(config)));
            transport = PROTOBUF.equals(config.getContentType()) ? sender : null;
            return sender;
          };
    }
    if (component instanceof GrpcSenderProvider) {
      GrpcSenderProvider provider = (GrpcSenderProvider) component;
      return (GrpcSenderProvider)
          config -> {
            NameService.settle();
            OverGrpc sender = new OverGrpc(provider.createSender(config));
            transport = sender;
            return sender;
          };
    }
    return component;
  }

  /** The short way where it is enough; the SDK's own for TLS and proxies. */
  private static HttpSender sender(HttpSenderProvider provider, HttpSenderConfig config) {
    try {
      if (PlainHttpSender.suits(config)) {
        return new PlainHttpSender(config);
      }
    } catch (IOException noSelector) {
      // The SDK's needs none.
    }
    NameService.settle();
    return provider.createSender(config);
  }

  private void note(byte[] body) {
    if (body != null && body.length > 0) {
      last.set(PartialSuccess.read(body));
    }
  }

  private static void end(CompletableResultCode result, FailedExportException failure) {
    if (failure == null) {
      result.succeed();
    } else {
      result.failExceptionally(failure);
    }
  }

  /** Reads what comes back over HTTP. */
  private final class OverHttp implements HttpSender, Transport {
    private final HttpSender sender;
    private final Unanswered unanswered = new Unanswered();

    OverHttp(HttpSender sender) {
      this.sender = sender;
    }

    @Override
    public void send(
        MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
      unanswered.send(
          (HttpResponse response) -> {
            if (response.getStatusCode() / 100 == 2) {
              note(response.getResponseBody());
            }
            onResponse.accept(response);
          },
          onError,
          (answered, failed) -> sender.send(message, answered, failed));
    }

    @Override
    public void send(MessageWriter message, CompletableResultCode result) {
      send(
          message,
          response -> {
            if (response.getStatusCode() / 100 == 2) {
              result.succeed();
            } else {
              result.failExceptionally(FailedExportException.httpFailedWithResponse(response));
            }
          },
          error -> result.failExceptionally(FailedExportException.httpFailedExceptionally(error)));
    }

    @Override
    public CompletableResultCode shutdown() {
      return sender.shutdown();
    }
  }

  /** Reads what comes back over gRPC. */
  private final class OverGrpc implements GrpcSender, Transport {
    private final GrpcSender sender;
    private final Unanswered unanswered = new Unanswered();

    OverGrpc(GrpcSender sender) {
      this.sender = sender;
    }

    @Override
    public void send(
        MessageWriter message, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
      unanswered.send(
          (GrpcResponse response) -> {
            if (response.getStatusCode() == GrpcStatusCode.OK) {
              note(response.getResponseMessage());
            }
            onResponse.accept(response);
          },
          onError,
          (answered, failed) -> sender.send(message, answered, failed));
    }

    @Override
    public void send(MessageWriter message, CompletableResultCode result) {
      send(
          message,
          response -> {
            if (response.getStatusCode() == GrpcStatusCode.OK) {
              result.succeed();
            } else {
              result.failExceptionally(FailedExportException.grpcFailedWithResponse(response));
            }
          },
          error -> result.failExceptionally(FailedExportException.grpcFailedExceptionally(error)));
    }

    @Override
    public CompletableResultCode shutdown() {
      return sender.shutdown();
    }
  }
}
