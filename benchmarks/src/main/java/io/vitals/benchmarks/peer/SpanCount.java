/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.peer;

import java.nio.charset.StandardCharsets;

/**
 * Counts traces and spans in what an agent sent, without decoding more than it must.
 *
 * @param traces server spans or transactions
 * @param spans all spans
 */
record SpanCount(long traces, long spans) {
  /** {@code Span.kind} of opentelemetry-proto, and its value for a server. */
  private static final int KIND = 6;

  private static final long SERVER = 2;

  /** The pair {@code "span.kind": "server"} of a map; before a text stands 0xa0 and its length. */
  private static final byte[] DATADOG_SERVER =
      "\u00a9span.kind\u00a6server".getBytes(StandardCharsets.ISO_8859_1);

  /** The key that each span has once. */
  private static final byte[] DATADOG_SPAN = "\u00a8trace_id".getBytes(StandardCharsets.ISO_8859_1);

  static final SpanCount NONE = new SpanCount(0, 0);

  /** Of an {@code ExportTraceServiceRequest}: spans lie at field 1, 2, 2 of three messages. */
  static SpanCount otlp(byte[] request) {
    long[] counts = new long[2];
    messages(
        request,
        0,
        request.length,
        1,
        (resourceFrom, resourceTo) ->
            messages(
                request,
                resourceFrom,
                resourceTo,
                2,
                (scopeFrom, scopeTo) ->
                    messages(
                        request,
                        scopeFrom,
                        scopeTo,
                        2,
                        (from, to) -> {
                          counts[0] += number(request, from, to, KIND) == SERVER ? 1 : 0;
                          counts[1]++;
                        })));
    return new SpanCount(counts[0], counts[1]);
  }

  /** Of Elastic's intake: one JSON object a line, whose only key says what it is. */
  static SpanCount elastic(byte[] lines) {
    long traces = 0;
    long spans = 0;
    for (String line : new String(lines, StandardCharsets.UTF_8).split("\n")) {
      if (line.startsWith("{\"transaction\":")) {
        traces++;
        spans++;
      } else if (line.startsWith("{\"span\":")) {
        spans++;
      }
    }
    return new SpanCount(traces, spans);
  }

  /** Of Datadog's {@code v0.4/traces}, MessagePack whose texts lie there as they are. */
  static SpanCount datadog(byte[] request) {
    return new SpanCount(occurrences(DATADOG_SERVER, request), occurrences(DATADOG_SPAN, request));
  }

  /** How often a text occurs whose first byte it has once only. */
  private static long occurrences(byte[] text, byte[] request) {
    long found = 0;
    int matched = 0;
    for (byte each : request) {
      matched = each == text[matched] ? matched + 1 : each == text[0] ? 1 : 0;
      if (matched == text.length) {
        found++;
        matched = 0;
      }
    }
    return found;
  }

  /** What to do with a message that lies between two places. */
  private interface Message {
    void at(int from, int to);
  }

  private static void messages(byte[] bytes, int from, int to, int field, Message message) {
    Wire wire = new Wire(bytes, from, to);
    while (wire.next()) {
      if (wire.field() == field) {
        message.at(wire.from(), wire.to());
      }
    }
  }

  private static long number(byte[] bytes, int from, int to, int field) {
    Wire wire = new Wire(bytes, from, to);
    while (wire.next()) {
      if (wire.field() == field) {
        return wire.value();
      }
    }
    return 0;
  }
}
