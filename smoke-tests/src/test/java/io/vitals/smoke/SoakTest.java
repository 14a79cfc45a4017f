/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hours in small: a shop under load keeps nothing that was not there after its first minutes.
 *
 * <p>Runs in {@code mvn -Psoak verify} alone; {@code -Dvitals.soak.minutes} changes its ten
 * minutes.
 */
@Tag("soak")
class SoakTest {
  private static final int MINUTES = Integer.getInteger("vitals.soak.minutes", 10);

  /** Until then caches fill, the JIT compiles, and the exporters and rules are made. */
  private static final int SETTLED = 3;

  private static final int THREADS = 4;
  private static final Duration PAUSE = Duration.ofMillis(10);

  /**
   * Answers, failures, forwards, statements, calls, and threads in between; nothing is inserted.
   */
  private static final List<String> PAGES =
      List.of(
          "/shop/orders",
          "/shop/stock",
          "/shop/plain",
          "/shop/async",
          "/shop/forward",
          "/shop/broken",
          "/shop/nothing");

  /** A day of history in memory takes some KB a minute. */
  private static final long HEAP_SLACK = 500_000;

  /** What the JDK makes of reflection and lambdas that have become hot. */
  private static final int CLASS_SLACK = 20;

  private final AtomicLong requests = new AtomicLong();
  private volatile boolean over;

  /** What there is after a collection. */
  private record Reading(long heapBytes, long threads, long classes) {}

  @Test
  void heapThreadsAndClasses_areFlat() throws Exception {
    HttpServer sink = sink();
    ExecutorService visitors = Executors.newFixedThreadPool(THREADS);
    try (OtlpReceiver metrics = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .asInProduction()
                .agent()
                .exportingTo(metrics)
                .property("otel.metric.export.interval", "60000")
                .property(
                    "otel.exporter.otlp.traces.endpoint",
                    "http://127.0.0.1:" + sink.getAddress().getPort() + "/v1/traces")
                .flag("-Xmx256m")
                .start(Program.TOMCAT11)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      List<Future<?>> visits = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        visits.add(visitors.submit(() -> visit(visitor)));
      }
      List<Reading> readings = new ArrayList<>();
      for (int minute = 1; minute <= MINUTES; minute++) {
        TimeUnit.MINUTES.sleep(1);
        readings.add(read(jvm.pid()));
        System.out.println(minute + " min, " + requests + " requests: " + readings.get(minute - 1));
      }
      over = true;
      for (Future<?> visit : visits) {
        visit.get(1, TimeUnit.MINUTES);
      }
      assertThat(jvm.finish()).isZero();

      Reading settled = readings.get(SETTLED - 1);
      Reading last = readings.get(MINUTES - 1);
      String all = String.valueOf(readings);
      int middle = (SETTLED - 1 + MINUTES) / 2;
      assertThat(leastHeap(readings.subList(middle, MINUTES)))
          .as(all)
          .isLessThan(leastHeap(readings.subList(SETTLED - 1, middle)) + HEAP_SLACK);
      assertThat(last.threads).as(all).isLessThanOrEqualTo(settled.threads);
      assertThat(last.classes).as(all).isLessThanOrEqualTo(settled.classes + CLASS_SLACK);
      Received received = metrics.received();
      // Each visitor is somewhere in its round.
      assertThat(count(received, "/shop/orders") * PAGES.size())
          .isBetween(
              requests.get() - PAGES.size() * THREADS, requests.get() + PAGES.size() * THREADS);
      assertThat(Losses.exported(received, "span")).isGreaterThan(requests.get());
      assertThat(received.metric("vitals.agent.dropped")).isNull();
      assertThat(received.metric("vitals.agent.export.failures")).isNull();
    } finally {
      over = true;
      visitors.shutdownNow();
      sink.stop(0);
    }
  }

  /** The bottom of the saw that caches and windows make, which fill and are cut. */
  private static long leastHeap(List<Reading> readings) {
    return readings.stream().mapToLong(Reading::heapBytes).min().orElseThrow();
  }

  /** Takes every trace and keeps none. */
  private static HttpServer sink() throws IOException {
    HttpServer sink =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    sink.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    sink.start();
    return sink;
  }

  private Void visit(Visitor visitor) throws InterruptedException {
    for (int i = 0; !over; i++) {
      visitor.get(PAGES.get(i % PAGES.size()));
      requests.incrementAndGet();
      Thread.sleep(PAUSE.toMillis());
    }
    return null;
  }

  private static long count(Received received, String route) {
    return received.metric("http.server.request.duration").points().stream()
        .filter(point -> route.equals(point.attribute("http.route")))
        .mapToLong(ReceivedMetric.Point::count)
        .sum();
  }

  private static Reading read(long pid) throws Exception {
    Matcher total =
        Pattern.compile("Total +\\d+ +(\\d+)").matcher(ask(pid, "jcmd", "GC.class_histogram"));
    Matcher classes = Pattern.compile("\\n *(\\d+) ").matcher(ask(pid, "jstat", "-class"));
    assertThat(total.find() && classes.find()).isTrue();
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return new Reading(
          Long.parseLong(total.group(1)), threads.count(), Long.parseLong(classes.group(1)));
    }
  }

  private static String ask(long pid, String tool, String what) throws Exception {
    List<String> command =
        what.startsWith("-")
            ? List.of(Jdk.running().tool(tool), what, Long.toString(pid))
            : List.of(Jdk.running().tool(tool), Long.toString(pid), what);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String answer = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(answer).isZero();
    return answer;
  }
}
