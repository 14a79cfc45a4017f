/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.opentelemetry.exporter.internal.otlp.traces.LowAllocationTraceRequestMarshaler;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.Database;
import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.ServerDetails;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.db.Statements;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the export thread pays for a span on its way into an OTLP request: a batch of 510 spans, a
 * third each of requests, statements and calls; and the same batch by way of the SDK's objects and
 * its marshaler that allocates least.
 *
 * <p>2026-11-27, OpenJDK 17.0.15+6-Debian, 2-core shared x86-64 machine, a span:
 *
 * <pre>
 * encoder                 314 ns      1 B
 * mapperAndMarshaler    1,163 ns  1,458 B
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SpanEncoderBenchmark {
  private static final int REQUESTS = 170;
  private static final int SPANS = 3 * REQUESTS;

  private final SpanOptions options =
      new SpanOptions(Config.of(null, Collections.emptyMap(), Collections.emptyMap()));
  private final EpochClock clock = new EpochClock();
  private final InstrumentationScopeInfo scope = InstrumentationScopeInfo.create("io.vitals");
  private final SpanEncoder encoder = new SpanEncoder(options, clock, Resource.getDefault(), scope);
  private final SpanMapper mapper = new SpanMapper(options, clock, Resource.getDefault(), scope);
  private final LowAllocationTraceRequestMarshaler marshaler =
      new LowAllocationTraceRequestMarshaler();
  private final ProtoWriter request = new ProtoWriter();
  private final Counting out = new Counting();
  private final List<Span> batch = new ArrayList<>();

  @Setup
  public void fill() throws IOException {
    Statements statements = new Statements();
    Database database = new Database("jdbc:postgresql://db:5432/shop", "org.postgresql.Driver");
    URL stock = new URL("http://stock.example.com/items/17");
    for (int i = 0; i < REQUESTS; i++) {
      ServerSpan server = finished(new ServerSpan(), null, 3 * i + 1);
      server.method = "GET";
      server.route = "/orders/*";
      server.details = new ServerDetails();
      server.details.path = "/orders/17";
      server.details.query = "full=true";
      server.details.host = "shop.example.com";
      server.details.peerAddress = "192.0.2.7";
      server.details.peerPort = 54321;
      server.details.userAgent = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0";
      DbSpan statement = finished(new DbSpan(), server, 3 * i + 2);
      statement.database = database;
      statement.sql = "SELECT * FROM orders WHERE id = ?";
      statement.prepared = true;
      statements.of(statement);
      ClientSpan call = finished(new ClientSpan(), server, 3 * i + 3);
      call.method = "GET";
      call.url = stock;
      Collections.addAll(batch, call, statement, server);
    }
  }

  private static <T extends Span> T finished(T span, Span parent, int id) {
    span.traceIdHigh = 0x0af7651916cd43ddL;
    span.traceIdLow = 0x8448eb211c80319cL;
    span.spanId = id;
    span.root = parent == null ? span : parent;
    span.parentSpanId = parent == null ? 0 : parent.spanId;
    span.bits |= Span.SAMPLED | Span.RECORDED | Span.ENDED;
    span.status(200);
    span.protocol(11);
    span.startNanos = System.nanoTime();
    span.endNanos = span.startNanos + 5_000_000;
    return span;
  }

  @Benchmark
  @OperationsPerInvocation(SPANS)
  public long encoder() throws IOException {
    request.clear();
    encoder.encode(batch, request, SpanEncoderBenchmark::fail);
    request.writeTo(out);
    return out.bytes;
  }

  @Benchmark
  @OperationsPerInvocation(SPANS)
  public long mapperAndMarshaler() throws IOException {
    List<SpanData> mapped = new ArrayList<>(batch.size());
    for (Span span : batch) {
      mapped.add(mapper.map(span));
    }
    marshaler.initialize(mapped);
    marshaler.writeBinaryTo(out);
    marshaler.reset();
    return out.bytes;
  }

  private static void fail(Throwable failure) {
    throw new IllegalStateException(failure);
  }

  /** Where the requests go. */
  private static final class Counting extends OutputStream {
    long bytes;

    @Override
    public void write(int one) {
      bytes++;
    }

    @Override
    public void write(byte[] some, int offset, int length) {
      bytes += length;
    }
  }
}
