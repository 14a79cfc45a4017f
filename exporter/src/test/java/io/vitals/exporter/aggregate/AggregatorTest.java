/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.Rig;
import io.vitals.exporter.self.Drop;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The work of the drain: cheap when it knows the series, bounded when it does not. */
class AggregatorTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void knownSeries_allocateNothing() {
    Rig rig = new Rig();
    ServerSpan server = Rig.request("/orders/{id}", 200, 0);
    ClientSpan byUri = client(URI.create("http://stock.example.com:8080/v1/items?id=1"));
    ClientSpan byText = client("https://user@pay.example.com/charge?amount=2");
    Random random = new Random(3);
    long[] durations = new long[10_000];
    for (int i = 0; i < durations.length; i++) {
      durations[i] = 1_000_000 + random.nextInt(1_000_000);
    }
    Runnable round =
        () -> {
          for (long duration : durations) {
            server.endNanos = server.startNanos + duration;
            byUri.endNanos = byUri.startNanos + duration;
            byText.endNanos = byText.startNanos + duration;
            rig.aggregator.take(server, false);
            rig.aggregator.take(byUri, false);
            rig.aggregator.take(byText, false);
          }
        };
    round.run();
    round.run();

    long id = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(id);
    round.run();
    long bytes = THREADS.getThreadAllocatedBytes(id) - before;

    assertThat(bytes).as("bytes for 30,000 spans").isLessThan(1_000);
  }

  private static ClientSpan client(Object url) {
    ClientSpan span = new ClientSpan();
    span.root = span;
    span.method = "GET";
    span.url = url;
    span.status(200);
    return span;
  }

  @Test
  void memory_isBoundedWhateverComes() {
    Rig rig = new Rig();
    long before = usedAfterCollection();
    Random random = new Random(5);
    String[] routes = new String[5_000];
    for (int i = 0; i < routes.length; i++) {
      routes[i] = "/some/longer/route/of/the/application/" + i + "/{id}";
    }
    for (int interval = 0; interval < 2; interval++) {
      for (int i = 0; i < 900_000; i++) {
        String route = routes[i % routes.length];
        long nanos = (long) (5e6 * Math.exp(3 * random.nextGaussian()));
        if (i % 3 != 0) {
          ClientSpan span = client("http://host-" + route.hashCode() % 5000 + ".example.com/x");
          span.endNanos = nanos;
          rig.aggregator.take(span, false);
        } else {
          rig.aggregator.take(Rig.sampled(Rig.request(route, 200, nanos)), false);
        }
      }
      if (interval == 0) {
        rig.clock.advanceSeconds(10);
        rig.aggregator.work(1);
      }
    }
    long peakMegabytes = (usedAfterCollection() - before) >> 20;
    var exported = rig.export();
    long megabytes = (usedAfterCollection() - before) >> 20;

    assertThat(peakMegabytes).as("what the agent holds, in MB").isBetween(12L, 40L);
    assertThat(exported).hasSize(4);
    assertThat(rig.counters.drops(Drop.HISTOGRAM_MEMORY)).isPositive();
    assertThat(rig.counters.drops(Drop.SERIES_LIMIT)).isPositive();
    assertThat(megabytes).as("what agent and export hold, in MB").isLessThan(50);
    assertThat(rig.aggregator.latest().endEpochNanos()).isPositive();
  }

  private static long usedAfterCollection() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void latest_isPublishedEachTick() {
    Rig rig = new Rig();
    rig.offer(Rig.request("/a", 200, 1_000_000));
    DrainWorker worker = new DrainWorker(rig.aggregator, rig.handoff, () -> {});
    worker.work();
    assertThat(rig.aggregator.latest().series()).isEmpty();

    rig.clock.advanceSeconds(10);
    worker.work();

    Interval interval = rig.aggregator.latest();
    assertThat(interval.series()).hasSize(1);
    assertThat(interval.series().get(0).count()).isEqualTo(1);
    assertThat(interval.endEpochNanos() - interval.startEpochNanos()).isEqualTo(10_000_000_000L);
    rig.clock.advanceSeconds(10);
    worker.work();
    assertThat(rig.aggregator.latest().series()).isEmpty();
    assertThat(interval.series()).as("what was published does not change").hasSize(1);
  }

  @Test
  void rollups_ofSeveralReadersEachGetEverything() {
    Rig rig = new Rig();
    Rollup other = rig.aggregator.rollup();
    rig.offer(Rig.request("/a", 200, 1_000_000));
    rig.export();
    rig.offer(Rig.request("/a", 200, 2_000_000));

    Interval all = rig.aggregator.collect(other);

    assertThat(all.series()).hasSize(1);
    assertThat(all.series().get(0).count()).isEqualTo(2);
    assertThat(all.series().get(0).distribution().count()).isEqualTo(2);
    assertThat(rig.aggregator.collect(other).series()).isEmpty();
  }

  @Test
  void failingError_costsNoDuration() {
    Rig rig = new Rig();
    ServerSpan span = Rig.request("/a", 0, 1_000_000);
    span.error =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("of the application");
          }
        };
    span.next = Rig.request("/b", 200, 1);
    rig.offer(span);

    var points =
        Rig.metric(rig.export(), "http.server.request.duration").getHistogramData().getPoints();

    assertThat(points).hasSize(2);
    assertThat(rig.counters.drops(Drop.DRAIN_FAILURE)).isEqualTo(1);
  }

  @Test
  void overlongLabel_goesToTheOverflowSeries() {
    Rig rig = new Rig();
    rig.offer(Rig.request("/" + "x".repeat(SeriesKey.LONGEST_TEXT), 200, 1));
    rig.export();
    assertThat(rig.counters.drops(Drop.SERIES_LIMIT)).isEqualTo(1);
  }

  @Test
  void hosts_areReadFromEveryKindOfTarget() throws Exception {
    Authority authority = new Authority();
    Object[][] targets = {
      {URI.create("http://a.example.com/x"), "a.example.com", 80},
      {URI.create("https://a.example.com:8443"), "a.example.com", 8443},
      {URI.create("http://my_host:81/x"), "my_host", 81},
      {URI.create("http://[::1]:81/x"), "::1", 81},
      {new java.net.URL("https://b.example.com/x@y"), "b.example.com", 443},
      {"http://u:p@c.example.com:82/x@y:9", "c.example.com", 82},
      {"HTTPS://c.example.com?x", "c.example.com", 443},
      {"http://[::2]/x", "::2", 80},
      {"nonsense", null, 0},
      {null, null, 0},
    };
    for (Object[] target : targets) {
      authority.read(target[0]);
      assertThat(authority.host).as("%s", target[0]).isEqualTo(target[1]);
      assertThat(authority.port).as("%s", target[0]).isEqualTo(target[2]);
    }
  }

  @Test
  void slots_areThoseOfHdrHistogram() {
    org.HdrHistogram.Histogram reference = new org.HdrHistogram.Histogram(1, 1L << 47, 3);
    Slots threeDigits = new Slots(10);
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long nanos = random.nextLong() >>> 17 + random.nextInt(46);
      int slot = threeDigits.slot(nanos);
      assertThat(threeDigits.lowest(slot)).isEqualTo(reference.lowestEquivalentValue(nanos));
      assertThat(threeDigits.highest(slot)).isEqualTo(reference.highestEquivalentValue(nanos));
      assertThat(threeDigits.middle(slot)).isEqualTo(reference.medianEquivalentValue(nanos));
      double middle = Slots.FINE.middle(Slots.FINE.slot(nanos));
      assertThat(Math.abs(middle - nanos)).isLessThanOrEqualTo(nanos / 1024.0);
    }
  }

  @Test
  void distribution_mergesWithoutLoss() {
    Random random = new Random(9);
    HistogramMemory memory = new HistogramMemory(1 << 20, new Rig().counters);
    Latency all = new Latency(Metric.DB_CLIENT.bounds(), memory);
    Latency part = new Latency(Metric.DB_CLIENT.bounds(), memory);
    Distribution merged = Distribution.EMPTY;
    for (int parts = 0; parts < 20; parts++) {
      for (int i = 0; i < 20 * parts; i++) {
        long nanos = (long) (1e6 * Math.exp(2 * random.nextGaussian()));
        all.record(nanos);
        part.record(nanos);
      }
      merged = merged.merge(part.take(null).distribution());
      part.rest();
    }
    Distribution once = all.take(null).distribution();

    assertThat(merged.count()).isEqualTo(once.count()).isEqualTo(3_800);
    for (int q = 0; q <= 1000; q++) {
      assertThat(merged.quantileNanos(q / 1000.0)).isEqualTo(once.quantileNanos(q / 1000.0));
    }
  }

  @Test
  void latency_staysExactInNumberWhenTheMemoryIsSpent() {
    HistogramMemory memory = new HistogramMemory(3 * 2048, new Rig().counters);
    Latency latency = new Latency(Metric.DB_CLIENT.bounds(), memory);
    for (int interval = 0; interval < 3; interval++) {
      for (int i = 0; i < 10_000; i++) {
        latency.record(i * 1_000L);
      }
      SeriesInterval taken = latency.take(null);
      assertThat(taken.count()).isEqualTo(10_000);
      assertThat(taken.distribution().count()).isEqualTo(10_000);
      assertThat(taken.quantileNanos(0.99) / 1e3).isBetween(9_900 * 0.93, 9_900 * 1.07);
      assertThat(memory.chunks()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void leftOutSpans_areCountedInTheTrailOfTheirRoot() {
    Rig rig = new Rig();
    ServerSpan root = Rig.sampled(Rig.request("/job", 200, 5));
    root.trail = new io.vitals.bootstrap.Trail();
    ServerSpan child = Rig.sampled(Rig.request("/child", 200, 5));
    child.root = root;
    child.bits |= Span.LEFT_OUT;
    root.next = child;
    rig.offer(root);

    var exported = rig.export();

    assertThat(rig.kept()).containsExactly(root);
    assertThat(root.trail.leftOut).isEqualTo(1);
    assertThat(rig.counters.drops(Drop.LEFT_OUT)).isEqualTo(1);
    assertThat(Rig.serverPoint(exported, "/child").getCount()).isEqualTo(1);
  }
}
