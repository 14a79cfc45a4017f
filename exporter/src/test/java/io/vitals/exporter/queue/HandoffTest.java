/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.Rig;
import io.vitals.exporter.aggregate.AggregatorOptions;
import io.vitals.exporter.aggregate.DrainWorker;
import io.vitals.exporter.self.Drop;
import io.vitals.exporter.work.WorkerThread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The hand-off loses no duration, whatever is full. */
class HandoffTest {
  private static final int REQUESTS = 200_000;
  private static final int THREADS = 5;

  @Test
  void durations_areExactWhenTheQueueIsFarTooSmall() throws Exception {
    Rig rig = new Rig(new AggregatorOptions(), 16, 2048);
    WorkerThread drain = WorkerThread.start(new DrainWorker(rig.aggregator, rig.handoff, () -> {}));

    long sumNanos = offerFromManyThreads(rig);
    assertThat(drain.stop(10, TimeUnit.SECONDS)).isTrue();

    assertExact(rig, sumNanos);
    assertThat(drain.failures()).isZero();
  }

  @Test
  void durations_areExactWhenNobodyDrainsUntilTheEnd() throws Exception {
    Rig rig = new Rig(new AggregatorOptions(), 16, 2048);
    // As if one thread were stopped while it works behind the queue.
    rig.handoff.lock().lock();
    long sumNanos = offerFromManyThreads(rig);
    rig.handoff.lock().unlock();

    assertThat(rig.handoff.spillDepth())
        .isLessThanOrEqualTo(Handoff.MOST_SPILLED + Handoff.MOST_BARE);
    assertThat(rig.counters.drops(Drop.SPILL_FULL)).isGreaterThan(100_000);
    assertExact(rig, sumNanos);
  }

  @Test
  void exports_whileRequestsRunAddUpToAllOfThem() throws Exception {
    Rig rig = new Rig(new AggregatorOptions().delta(true), 16, 2048);
    WorkerThread drain = WorkerThread.start(new DrainWorker(rig.aggregator, rig.handoff, () -> {}));
    AtomicBoolean offering = new AtomicBoolean(true);
    AtomicLong counted = new AtomicLong();
    AtomicInteger exports = new AtomicInteger();
    Thread exporting =
        new Thread(
            () -> {
              while (offering.get()) {
                counted.addAndGet(count(rig.export()));
                exports.incrementAndGet();
              }
            });
    exporting.start();

    offerFromManyThreads(rig);
    offering.set(false);
    exporting.join();
    assertThat(drain.stop(10, TimeUnit.SECONDS)).isTrue();

    assertThat(counted.get() + count(rig.export())).isEqualTo(REQUESTS);
    assertThat(exports.get()).isPositive();
  }

  private static long count(Collection<MetricData> exported) {
    return exported.stream()
        .filter(metric -> metric.getName().equals("http.server.request.duration"))
        .flatMap(metric -> metric.getHistogramData().getPoints().stream())
        .mapToLong(HistogramPointData::getCount)
        .sum();
  }

  private static long offerFromManyThreads(Rig rig) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    long sumNanos = 0;
    for (int t = 0; t < THREADS; t++) {
      int first = t;
      Thread thread =
          new Thread(
              () -> {
                awaitQuietly(start);
                for (int i = first; i < REQUESTS; i += THREADS) {
                  rig.offer(Rig.sampled(Rig.request("/r" + i % 7, 200, nanos(i))));
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (int i = 0; i < REQUESTS; i++) {
      sumNanos += nanos(i);
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return sumNanos;
  }

  private static long nanos(int i) {
    return 1_000L * (i % 30_000) + i % 997;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertExact(Rig rig, long sumNanos) {
    var points =
        Rig.metric(rig.export(), "http.server.request.duration").getHistogramData().getPoints();
    long[] expected = new long[15];
    for (int i = 0; i < REQUESTS; i++) {
      expected[bucket(points.iterator().next().getBoundaries(), nanos(i))]++;
    }
    long[] buckets = new long[15];
    for (HistogramPointData point : points) {
      for (int b = 0; b < buckets.length; b++) {
        buckets[b] += point.getCounts().get(b);
      }
    }
    assertThat(points.stream().mapToLong(HistogramPointData::getCount).sum()).isEqualTo(REQUESTS);
    assertThat(buckets).isEqualTo(expected);
    assertThat(points.stream().mapToDouble(HistogramPointData::getSum).sum())
        .isCloseTo(sumNanos / 1e9, org.assertj.core.data.Percentage.withPercentage(1e-9));
    // Each request is shown, or its drop is counted under one reason.
    long kept = rig.counters.keptSpans();
    long dropped =
        rig.counters.drops(Drop.QUEUE_FULL)
            + rig.counters.drops(Drop.SPILL_FULL)
            + rig.counters.drops(Drop.KEPT_QUEUE_FULL);
    assertThat(kept + dropped).isEqualTo(REQUESTS);
    assertThat(rig.counters.sampledSpans() + rig.counters.unsampledSpans()).isEqualTo(REQUESTS);
    assertThat(dropped).isPositive();
  }

  private static int bucket(List<Double> bounds, long nanos) {
    int bucket = 0;
    while (bucket < bounds.size() && nanos > Math.round(bounds.get(bucket) * 1e9)) {
      bucket++;
    }
    return bucket;
  }

  @Test
  void offer_keepsListsUntilSomebodyTakesThem() {
    Rig rig = new Rig();
    Handoff handoff = new Handoff(8, rig.counters);
    for (int i = 0; i < 100; i++) {
      handoff.offer(Rig.request("/early", 200, 1));
    }
    List<Span> taken = new ArrayList<>();
    handoff.attach(
        (newest, measureOnly) -> {
          taken.add(newest);
          return 1;
        });

    assertThat(handoff.drain(1000)).isEqualTo(100);
    assertThat(taken).hasSize(100).doesNotHaveDuplicates().allMatch(span -> span.parent == null);
    assertThat(handoff.spillDepth()).isZero();
  }

  @Test
  void spill_keepsWhatATraceShowsAsLongAsThereIsRoom() {
    Rig rig = new Rig();
    Handoff handoff = new Handoff(8, rig.counters);
    List<ServerSpan> offered = new ArrayList<>();
    for (int i = 0; i < handoff.capacity() + Handoff.MOST_SPILLED + 1; i++) {
      ServerSpan span = Rig.request("/r", 200, 1);
      span.details = new io.vitals.bootstrap.ServerDetails();
      offered.add(span);
      handoff.offer(span);
    }
    Set<Span> bare = new HashSet<>();
    handoff.attach(
        (newest, measureOnly) -> {
          if (measureOnly) {
            bare.add(newest);
          }
          return 1;
        });

    assertThat(handoff.drain(Integer.MAX_VALUE)).isEqualTo(offered.size());
    ServerSpan late = offered.remove(offered.size() - 1);
    assertThat(late.details).isNull();
    assertThat(bare).containsExactly(late);
    assertThat(offered).allMatch(span -> span.details != null);
  }

  @Test
  void burst_thatFitsTheSpillIsShownWhole() {
    Rig rig = new Rig(new AggregatorOptions(), 16, 8192);
    rig.handoff.lock().lock();
    for (int i = 0; i < 8000; i++) {
      rig.offer(Rig.sampled(Rig.request("/r", 200, nanos(i))));
    }
    rig.handoff.lock().unlock();
    rig.handoff.drain(Integer.MAX_VALUE);

    assertThat(rig.counters.keptSpans()).isEqualTo(8000);
    assertThat(rig.counters.drops(Drop.QUEUE_FULL)).isZero();
  }

  @Test
  void failures_areCountedByHook() {
    Handoff handoff = new Handoff(8, new Rig().counters);
    IllegalStateException thrown = new IllegalStateException("nested test");
    handoff.failure("tomcat", thrown);
    handoff.failure("tomcat", new IllegalStateException());
    handoff.failure("jdbc", thrown);

    assertThat(handoff.failures().counts()).containsEntry("tomcat", 2L).containsEntry("jdbc", 1L);
    assertThat(handoff.failures().takeUnseen().thrown).isSameAs(thrown);
  }
}
