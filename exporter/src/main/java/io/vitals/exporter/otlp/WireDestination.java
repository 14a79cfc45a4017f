/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.span.ProtoWriter;
import io.vitals.exporter.span.SpanEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An OTLP backend that gets spans as {@link SpanEncoder} writes them, over the transport that the
 * SDK's exporter has made of its options.
 */
final class WireDestination implements Destination<Span> {
  private final SpanExporter owner;
  private final Transport transport;
  private final SpanEncoder encoder;
  private final SignalFailures failures;
  private final Responses responses;

  /** The buffer of the last batch, once it has ended: until then a retry may read it again. */
  private final AtomicReference<ProtoWriter> spare = new AtomicReference<>();

  WireDestination(
      SpanExporter owner,
      Transport transport,
      SpanEncoder encoder,
      SignalFailures failures,
      Responses responses) {
    this.owner = owner;
    this.transport = transport;
    this.encoder = encoder;
    this.failures = failures;
    this.responses = responses;
  }

  @Override
  public Underway send(List<Span> batch, long nowNanos) {
    responses.take();
    ProtoWriter kept = spare.getAndSet(null);
    ProtoWriter message = kept == null ? new ProtoWriter() : kept;
    message.clear();
    int spans =
        encoder.encode(
            batch, message, failure -> failures.lost(SignalFailures.MAPPING, 1, failure));
    CompletableResultCode result = new CompletableResultCode();
    result.whenComplete(() -> spare.set(message));
    if (spans == 0) {
      result.succeed();
    } else {
      transport.send(new Message(message), result);
    }
    return new Underway(result, spans, nowNanos);
  }

  @Override
  public PartialSuccess response() {
    return responses.take();
  }

  @Override
  public void shutdown() {
    owner.shutdown();
  }

  @Override
  public String toString() {
    return owner.toString();
  }

  /** A request as the SDK's senders take it. */
  private static final class Message implements MessageWriter {
    private final ProtoWriter written;

    Message(ProtoWriter written) {
      this.written = written;
    }

    @Override
    public void writeMessage(OutputStream output) throws IOException {
      written.writeTo(output);
    }

    @Override
    public int getContentLength() {
      return written.size();
    }
  }
}
