/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.peer;

import java.util.Map;
import java.util.TreeMap;

/**
 * What has arrived at a receiver so far.
 *
 * @param traces server spans of OTLP, transactions of Elastic's, trace chunks of Datadog's intake
 * @param spans spans of OTLP; of Datadog's intake; transactions and spans of Elastic's
 * @param requests requests by path
 * @param bytes bytes of bodies by path, as they came over the wire
 */
public record Arrivals(
    long traces, long spans, Map<String, Long> requests, Map<String, Long> bytes) {

  /** What has arrived since then. */
  public Arrivals since(Arrivals before) {
    return new Arrivals(
        traces - before.traces,
        spans - before.spans,
        minus(requests, before.requests),
        minus(bytes, before.bytes));
  }

  /** All requests. */
  public long allRequests() {
    return requests.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All bytes. */
  public long allBytes() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** One line that {@link #parse} reads. */
  String line() {
    StringBuilder line = new StringBuilder().append(traces).append(' ').append(spans);
    requests.forEach(
        (path, count) ->
            line.append(' ')
                .append(path)
                .append(' ')
                .append(count)
                .append(' ')
                .append(bytes.get(path)));
    return line.toString();
  }

  static Arrivals parse(String line) {
    String[] words = line.strip().split(" ");
    Map<String, Long> requests = new TreeMap<>();
    Map<String, Long> bytes = new TreeMap<>();
    for (int i = 2; i < words.length; i += 3) {
      requests.put(words[i], Long.valueOf(words[i + 1]));
      bytes.put(words[i], Long.valueOf(words[i + 2]));
    }
    return new Arrivals(Long.parseLong(words[0]), Long.parseLong(words[1]), requests, bytes);
  }

  private static Map<String, Long> minus(Map<String, Long> after, Map<String, Long> before) {
    Map<String, Long> difference = new TreeMap<>();
    after.forEach(
        (path, count) -> {
          long rest = count - before.getOrDefault(path, 0L);
          if (rest > 0) {
            difference.put(path, rest);
          }
        });
    return difference;
  }
}
