/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.host;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.vitals.exporter.config.OneLine;
import io.vitals.exporter.otlp.Instrument;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * Counts by extension and reason what did not work, and says it at most once a minute; thread-safe.
 *
 * <p>Bounded, because there is a bounded number of extensions and of reasons.
 */
final class ExtensionFailures {
  /** Why something did not work. */
  enum Reason {
    /** It is not there, cannot be read, or cannot be used as it is. */
    LOAD,
    /** {@code measure} has thrown. */
    MEASURE,
    /** {@code measure} took longer than rules wait. */
    SLOW,
    /** More series than an extension may have. */
    SERIES_LIMIT
  }

  private static final AttributeKey<String> EXTENSION = stringKey("extension");
  private static final AttributeKey<String> REASON = stringKey("reason");
  private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Map<Attributes, AtomicLong> counts = new ConcurrentHashMap<>();
  private final Map<Attributes, long[]> said = new ConcurrentHashMap<>();

  private static Attributes key(String extension, Reason reason) {
    String text = reason.name().toLowerCase(java.util.Locale.ROOT);
    return Attributes.of(EXTENSION, extension, REASON, text);
  }

  /** Counts it. */
  void count(String extension, Reason reason) {
    counts.computeIfAbsent(key(extension, reason), added -> new AtomicLong()).incrementAndGet();
  }

  /** Counts it, and says so unless that was done within the last minute. */
  void failed(String extension, Reason reason, String what) {
    count(extension, reason);
    long[] last =
        said.computeIfAbsent(
            key(extension, reason), added -> new long[] {System.nanoTime() - EVERY_NANOS, 0});
    long suppressed;
    synchronized (last) {
      long now = System.nanoTime();
      if (now - last[0] < EVERY_NANOS) {
        last[1]++;
        return;
      }
      last[0] = now;
      suppressed = last[1];
      last[1] = 0;
    }
    LoggerFactory.getLogger(Extensions.class)
        .warn(
            "extension {}: {}{}",
            extension,
            OneLine.of(what),
            suppressed == 0 ? "" : "; " + suppressed + " more failures were not shown");
  }

  /** Gives all counts to an instrument. */
  void putInto(Instrument instrument, long now) {
    counts.forEach((key, count) -> instrument.put(now, key, count.get()));
  }
}
