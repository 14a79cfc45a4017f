/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;

/** An OTLP backend over gRPC on a free port of the loopback address. */
final class GrpcReceiver implements AutoCloseable {
  private final Received received = new Received();
  private final Server server;
  private final String scheme;
  private volatile ExportTraceServiceResponse response =
      ExportTraceServiceResponse.getDefaultInstance();

  private GrpcReceiver(SslContext context) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    scheme = context == null ? "http" : "https";
    server =
        NettyServerBuilder.forAddress(address)
            .sslContext(context)
            .addService(new Traces())
            .addService(new Metrics())
            .addService(new Logs())
            .intercept(new Headers())
            .build()
            .start();
  }

  static GrpcReceiver start() {
    try {
      return new GrpcReceiver(null);
    } catch (IOException e) {
      throw new IllegalStateException("no receiver", e);
    }
  }

  /**
   * One over TLS with the key of that name; asks for a client's certificate by the CA if mutual.
   */
  static GrpcReceiver startSecure(Keys keys, String name, String authority, boolean mutual) {
    try {
      return new GrpcReceiver(
          GrpcSslContexts.forServer(keys.certificate(name).toFile(), keys.key(name).toFile())
              .trustManager(keys.certificate(authority).toFile())
              .clientAuth(mutual ? ClientAuth.REQUIRE : ClientAuth.NONE)
              .build());
    } catch (IOException e) {
      throw new IllegalStateException("no receiver", e);
    }
  }

  /** Says from now on that so many spans of each batch were refused. */
  GrpcReceiver refuse(long spans, String message) {
    response =
        ExportTraceServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(spans)
                    .setErrorMessage(message))
            .build();
    return this;
  }

  String endpoint() {
    return scheme + "://127.0.0.1:" + server.getPort();
  }

  Received received() {
    return received;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  /** Takes spans. */
  private final class Traces extends TraceServiceGrpc.TraceServiceImplBase {
    @Override
    public void export(
        ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answer) {
      received.addSpans(request.getResourceSpansList());
      answer.onNext(response);
      answer.onCompleted();
    }
  }

  /** Takes metrics. */
  private final class Metrics extends MetricsServiceGrpc.MetricsServiceImplBase {
    @Override
    public void export(
        ExportMetricsServiceRequest request, StreamObserver<ExportMetricsServiceResponse> answer) {
      received.addMetrics(request.getResourceMetricsList());
      answer.onNext(ExportMetricsServiceResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }

  /** Takes logs. */
  private final class Logs extends LogsServiceGrpc.LogsServiceImplBase {
    @Override
    public void export(
        ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> answer) {
      received.addLogs(request.getResourceLogsList());
      answer.onNext(ExportLogsServiceResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }

  /** Notes the headers of each call. */
  private final class Headers implements ServerInterceptor {
    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
        ServerCall<A, B> call, Metadata metadata, ServerCallHandler<A, B> next) {
      Map<String, String> headers = new TreeMap<>();
      for (String name : metadata.keys()) {
        if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
          headers.put(name, metadata.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
        }
      }
      String method = call.getMethodDescriptor().getFullMethodName();
      String what =
          method.contains("TraceService")
              ? "traces"
              : method.contains("MetricsService") ? "metrics" : "logs";
      received.request(new Received.Request(what, headers, 0));
      return next.startCall(call, metadata);
    }
  }
}
