/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.self.Counters;
import io.vitals.exporter.span.Spans;
import io.vitals.exporter.trace.KeptSpans;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** When the export thread looks, and what wakes it. */
class ExportWorkerTest {
  private final KeptSpans kept = new KeptSpans(4096, new Counters());
  private final EventQueue alerts = new EventQueue();

  @Test
  void restsAreShort_whereWhatIsDueComesSoon() {
    assertThat(longestRestMillis(Map.of())).isEqualTo(1000);
    assertThat(longestRestMillis(Map.of("otel.bsp.schedule.delay", "1000"))).isEqualTo(200);
    assertThat(longestRestMillis(Map.of("otel.metric.export.interval", "500"))).isEqualTo(100);
    assertThat(longestRestMillis(Map.of("otel.bsp.export.timeout", "400"))).isEqualTo(80);
    assertThat(longestRestMillis(Map.of("otel.bsp.schedule.delay", "1"))).isEqualTo(50);
  }

  @Test
  void fullBatchAndAlert_wakeTheThread() {
    ExportWorker worker = worker(Map.of("otel.bsp.max.export.batch.size", "2"));
    worker.begin(Thread.currentThread());

    kept.offer(Spans.server());
    worker.spansCame();
    assertThat(isWoken()).isFalse();

    kept.offer(Spans.server());
    worker.spansCame();
    assertThat(isWoken()).isTrue();

    alerts.add(new Something());
    assertThat(isWoken()).isTrue();
  }

  /** Whether this thread was unparked since the last time. */
  private static boolean isWoken() {
    long begin = System.nanoTime();
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
    return System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(1);
  }

  private long longestRestMillis(Map<String, String> settings) {
    return TimeUnit.NANOSECONDS.toMillis(worker(settings).longestRestNanos());
  }

  private ExportWorker worker(Map<String, String> settings) {
    return new ExportWorker(
        Config.of(null, settings, Map.of()), kept, alerts, onlyOnce -> null, System::nanoTime);
  }

  /** An event of no interest. */
  private static final class Something implements LogEvent {
    @Override
    public String eventName() {
      return "something";
    }

    @Override
    public long timeEpochNanos() {
      return 0;
    }

    @Override
    public Severity logSeverity() {
      return Severity.INFO;
    }

    @Override
    public String sentence() {
      return "something";
    }

    @Override
    public Attributes attributes() {
      return Attributes.empty();
    }
  }
}
