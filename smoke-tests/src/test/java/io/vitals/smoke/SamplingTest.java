/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which traces arrive is what the sampler says; what is measured is every request. */
@Tag("export")
class SamplingTest {
  private static final double RATIO = 0.25;

  /** A program under the agent with its backend and the service that it calls. */
  private static final class Bench implements AutoCloseable {
    private final OtlpReceiver receiver = OtlpReceiver.start();
    private final Downstream downstream = new Downstream();
    private final ForkedJvm jvm;
    private final Visitor visitor;

    Bench(String... settings) {
      Jvm command =
          Jvm.running()
              .agent()
              .exportingTo(receiver)
              .property("downstream", downstream.url())
              // Without it each answer of the JDK's server waits 40 ms for an acknowledgement.
              .property("sun.net.httpserver.nodelay", "true")
              .property("otel.bsp.max.queue.size", "16384");
      for (String setting : settings) {
        command.flag("-D" + setting);
      }
      jvm = command.start(Program.ERRANDS);
      visitor = new Visitor(jvm.awaitPort());
    }

    Received finish() {
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.noise()).isEmpty();
      return receiver.received();
    }

    @Override
    public void close() {
      jvm.close();
      downstream.close();
      receiver.close();
    }
  }

  @Test
  void ratio_keepsTheShareAndWhatTheStandardRuleSays() {
    int requests = 1000;
    try (Bench bench = new Bench("otel.traces.sampler=traceidratio", argument())) {
      for (int i = 0; i < requests; i++) {
        assertThat(bench.visitor.get("/ask")).isEqualTo(200);
      }
      Received received = bench.finish();

      Set<String> all = new HashSet<>();
      Set<String> expected = new HashSet<>();
      for (String sent : bench.downstream.traceparents()) {
        String traceId = sent.substring(3, 35);
        all.add(traceId);
        assertThat((flags(sent) & 1) == 1).as(sent).isEqualTo(inRatio(traceId));
        if ((flags(sent) & 1) == 1) {
          expected.add(traceId);
        }
      }
      assertThat(all).hasSize(requests);
      assertThat(serverTraces(received)).containsExactlyInAnyOrderElementsOf(expected);
      // Five standard deviations, 13.7 each.
      assertThat(expected.size()).isBetween(250 - 69, 250 + 69);
      assertThat(received.traces())
          .filteredOn(tree -> tree.span().kind().equals("SERVER"))
          .allMatch(tree -> tree.shape().equals("SERVER GET /ask\n  CLIENT GET\n"));
      assertThat(count(received, "/ask")).isEqualTo(requests);
    }
  }

  @Test
  void ratioWithoutParent_decidesBesideWhatTheCallerDecided() {
    Map<String, Boolean> asked = remoteParents(300);
    try (Bench bench = new Bench("otel.traces.sampler=traceidratio", argument())) {
      ask(bench, asked);
      Received received = bench.finish();
      assertThat(serverTraces(received))
          .containsExactlyInAnyOrderElementsOf(
              asked.keySet().stream().filter(SamplingTest::inRatio).toList());
      assertThat(count(received, "/ask")).isEqualTo(asked.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"always_on", "always_off", "traceidratio"})
  void parentBased_doesAsTheCallerDecided(String sampler) {
    Map<String, Boolean> asked = remoteParents(100);
    int roots = 40;
    try (Bench bench = new Bench("otel.traces.sampler=parentbased_" + sampler, argument())) {
      ask(bench, asked);
      for (int i = 0; i < roots; i++) {
        assertThat(bench.visitor.get("/plain")).isEqualTo(200);
      }
      Received received = bench.finish();

      assertThat(serverTraces(received, "GET /ask"))
          .containsExactlyInAnyOrderElementsOf(asked.keySet().stream().filter(asked::get).toList());
      for (String sent : bench.downstream.traceparents()) {
        boolean sampled = asked.get(sent.substring(3, 35));
        assertThat(sent).endsWith(sampled ? "-01" : "-00");
      }
      assertThat(bench.downstream.traceparents()).hasSize(asked.size());
      Set<String> plain = serverTraces(received, "GET /plain");
      switch (sampler) {
        case "always_on" -> assertThat(plain).hasSize(roots);
        case "always_off" -> assertThat(plain).isEmpty();
        default -> assertThat(plain).hasSizeLessThan(roots).allMatch(SamplingTest::inRatio);
      }
      assertThat(count(received, "/ask")).isEqualTo(asked.size());
      assertThat(count(received, "/plain")).isEqualTo(roots);
    }
  }

  @Test
  void alwaysOff_sendsNoSpanAndSaysSoDownstream() {
    try (Bench bench = new Bench("otel.traces.sampler=always_off")) {
      ask(bench, remoteParents(20));
      Received received = bench.finish();
      assertThat(received.spans()).isEmpty();
      assertThat(bench.downstream.traceparents())
          .hasSize(20)
          .allMatch(sent -> sent.endsWith("-00"));
      assertThat(count(received, "/ask")).isEqualTo(20);
      assertThat(total(received, "http.client.request.duration")).isEqualTo(20);
    }
  }

  @Test
  void keepErrors_keepsFailedTracesWholeAndNoOthers() {
    try (Bench bench =
        new Bench("otel.traces.sampler=always_off", "vitals.sampling.keep-errors=true")) {
      for (int i = 0; i < 200; i++) {
        assertThat(bench.visitor.get("/one")).isEqualTo(200);
        // Within the budget of ten traces a second, however fast this goes.
        if (i % 25 == 0) {
          assertThat(bench.visitor.get("/failing")).isEqualTo(500);
        }
      }
      Received received = bench.finish();
      assertThat(received.traces())
          .hasSize(8)
          .allMatch(tree -> tree.shape().equals("SERVER GET /failing\n  CLIENT select dual\n"));
      assertThat(count(received, "/one")).isEqualTo(200);
      assertThat(count(received, "/failing")).isEqualTo(8);
      assertThat(total(received, "db.client.operation.duration", "select dual")).isEqualTo(208);
    }
  }

  @Test
  void keepSlow_keepsWhatIsSlowerThanTheP99OfItsRoute() {
    try (Bench bench =
        new Bench("otel.traces.sampler=always_off", "vitals.sampling.keep-slow=true")) {
      for (int i = 0; i < 250; i++) {
        assertThat(bench.visitor.get("/paced?1")).isEqualTo(200);
      }
      assertThat(bench.visitor.get("/paced?1500")).isEqualTo(200);
      Received received = bench.finish();
      assertThat(received.traces())
          .filteredOn(tree -> tree.span().attribute("url.query").equals("1500"))
          .singleElement()
          .matches(tree -> tree.shape().equals("SERVER GET /paced\n  CLIENT select dual\n"));
      // One in a hundred by definition; on a machine that is busy now and calm then a few more.
      assertThat(received.traces()).hasSizeLessThan(25);
      assertThat(count(received, "/paced")).isEqualTo(251);
    }
  }

  @Test
  void rateLimit_keepsNoMoreTracesASecond() throws InterruptedException {
    int requests = 600;
    try (Bench bench = new Bench("vitals.sampling.max-traces-per-second=5")) {
      // The start of the program had traces of its own: in a second there is room for five again.
      Thread.sleep(1_100);
      long start = System.nanoTime();
      for (int i = 0; i < requests; i++) {
        assertThat(bench.visitor.get("/ask")).isEqualTo(200);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Received received = bench.finish();

      Set<String> arrived = serverTraces(received);
      // A second's worth at once, and what the time allowed.
      assertThat(arrived).hasSizeBetween(5, (int) (5 * (seconds + 1)) + 1);
      assertThat(bench.downstream.traceparents())
          .hasSize(requests)
          .allMatch(sent -> arrived.contains(sent.substring(3, 35)) == ((flags(sent) & 1) == 1));
      assertThat(count(received, "/ask")).isEqualTo(requests);
    }
  }

  @Test
  void ignoredPath_isMeasuredButNotShown() {
    try (Bench bench =
        new Bench(
            "vitals.http.server.ignore=/health*,/one", "vitals.sampling.max-traces-per-second=5")) {
      for (int i = 0; i < 100; i++) {
        assertThat(bench.visitor.get("/health/live?x=1")).isEqualTo(200);
        assertThat(bench.visitor.get("/one")).isEqualTo(200);
      }
      // What is not shown takes nothing from the traces that a second may have.
      assertThat(bench.visitor.get("/plain")).isEqualTo(200);
      Received received = bench.finish();
      assertThat(received.traces())
          .filteredOn(tree -> !tree.span().kind().equals("CLIENT"))
          .singleElement()
          .matches(tree -> tree.shape().equals("SERVER GET /plain\n"));
      assertThat(received.spans()).noneMatch(span -> span.name().equals("select dual"));
      assertThat(count(received, "/health")).isEqualTo(100);
      assertThat(count(received, "/one")).isEqualTo(100);
      assertThat(total(received, "db.client.operation.duration", "select dual")).isEqualTo(100);
    }
  }

  private static String argument() {
    return "otel.traces.sampler.arg=" + RATIO;
  }

  /** Trace ids, and whether their caller sampled them. */
  private static Map<String, Boolean> remoteParents(int number) {
    Random random = new Random(8);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      ids.add(String.format("%016x%016x", random.nextLong(), random.nextLong()));
    }
    return ids.stream().collect(Collectors.toMap(id -> id, id -> ids.indexOf(id) % 3 != 0));
  }

  private static void ask(Bench bench, Map<String, Boolean> parents) {
    parents.forEach(
        (traceId, sampled) -> {
          String parent = "00-" + traceId + "-b7ad6b7169203331-" + (sampled ? "01" : "00");
          assertThat(bench.visitor.get("/ask", Map.of("traceparent", parent))).isEqualTo(200);
        });
  }

  /** The specification's TraceIdRatioBased, as the SDKs do it: by the lower half of the id. */
  private static boolean inRatio(String traceId) {
    long low = Long.parseUnsignedLong(traceId.substring(16), 16);
    return Math.abs(low) < (long) (RATIO * Long.MAX_VALUE);
  }

  private static int flags(String traceparent) {
    return Integer.parseInt(traceparent.substring(53), 16);
  }

  private static Set<String> serverTraces(Received received) {
    return serverTraces(received, "GET /ask");
  }

  private static Set<String> serverTraces(Received received, String name) {
    return received.spans().stream()
        .filter(span -> span.kind().equals("SERVER") && span.name().equals(name))
        .map(ReceivedSpan::traceId)
        .collect(Collectors.toSet());
  }

  private static long count(Received received, String route) {
    return received.metric("http.server.request.duration").points().stream()
        .filter(point -> route.equals(point.attribute("http.route")))
        .mapToLong(ReceivedMetric.Point::count)
        .sum();
  }

  private static long total(Received received, String metric) {
    return received.metric(metric).points().stream().mapToLong(ReceivedMetric.Point::count).sum();
  }

  private static long total(Received received, String metric, String summary) {
    return received.metric(metric).points().stream()
        .filter(point -> summary.equals(point.attribute("db.query.summary")))
        .mapToLong(ReceivedMetric.Point::count)
        .sum();
  }
}
