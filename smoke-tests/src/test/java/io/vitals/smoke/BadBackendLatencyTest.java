/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Whatever the backend does, the application answers as fast as beside one that takes everything:
 * the same program beside each of them, asked in turns.
 */
@Tag("export")
@Isolated // It measures time.
class BadBackendLatencyTest {
  /** Short ones in turns, so that whoever else uses the machine slows all alike. */
  private static final int ROUNDS = 20;

  private static final int REQUESTS = 100;

  /** What equal programs may differ by on such a machine. */
  private static final double NOISE = 3;

  @TempDir Path folder;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Map<String, Visitor> visitors = new LinkedHashMap<>();
  private final Map<String, ForkedJvm> jvms = new LinkedHashMap<>();

  @Test
  void p99OfTheApplication_isThatBesideAGoodBackend() throws Exception {
    start("good", opened(OtlpReceiver.start()).endpoint());
    start("absent", "http://127.0.0.1:" + ApplicationServer.freePort());
    start("400", answering(new OtlpReceiver.Answer.Status(400)));
    start("503", answering(new OtlpReceiver.Answer.Status(503)));
    start("slow by a second", answering(new OtlpReceiver.Answer.Delay(Duration.ofSeconds(1))));
    start("hanging", answering(new OtlpReceiver.Answer.Hang()));
    start("resetting", opened(new RudeBackend("")).endpoint());
    start("garbage", opened(new RudeBackend("no HTTP at all\r\n\r\n")).endpoint());
    start(
        "half an answer",
        opened(new RudeBackend("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf")).endpoint());
    startWithoutNames();

    Map<String, long[]> nanos = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, Visitor> visitor : visitors.entrySet()) {
        ask(
            visitor.getValue(),
            nanos.computeIfAbsent(visitor.getKey(), backend -> new long[ROUNDS * REQUESTS]),
            round * REQUESTS);
      }
    }
    Map<String, Long> p99 = new LinkedHashMap<>();
    nanos.forEach((backend, times) -> p99.put(backend, p99(times)));
    System.out.println("p99 of a request in us, beside each backend: " + p99);
    assertThat(p99).hasSize(10);
    assertThat(p99.values()).as(p99::toString).allMatch(us -> us <= NOISE * p99.get("good"));
    // The start-up line, and at most one of what is lost.
    jvms.forEach(
        (backend, jvm) -> assertThat(jvm.err().size()).as(jvm::toString).isLessThanOrEqualTo(2));
  }

  private static void ask(Visitor visitor, long[] nanos, int from) {
    for (int i = from; i < from + REQUESTS; i++) {
      long start = System.nanoTime();
      assertThat(visitor.get("/plain")).isEqualTo(200);
      nanos[i] = System.nanoTime() - start;
    }
  }

  private static long p99(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length * 99 / 100] / 1000;
  }

  private void start(String backend, String endpoint) {
    start(backend, Jvm.version(SilentResolver.VERSION).exportingTo(endpoint, "http/protobuf"));
  }

  private void start(String backend, Jvm jvm) {
    ForkedJvm started =
        opened(
            jvm.agent()
                .property("otel.exporter.otlp.timeout", "1000")
                // Or each answer of the JDK's server takes 40 ms.
                .property("sun.net.httpserver.nodelay", "true")
                .start(Program.JDK_SHOP));
    visitors.put(backend, new Visitor(started.awaitPort()));
    jvms.put(backend, started);
  }

  private void startWithoutNames() throws IOException {
    SilentResolver.compile(folder);
    DatagramSocket names = opened(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
    start(
        "silent name server",
        SilentResolver.jvm(folder, names).exportingTo("http://never.test:4318", "http/protobuf"));
  }

  private String answering(OtlpReceiver.Answer answer) {
    return opened(OtlpReceiver.start()).answer(answer).endpoint();
  }

  private <T extends AutoCloseable> T opened(T resource) {
    opened.add(0, resource);
    return resource;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable resource : opened) {
      resource.close();
    }
  }
}
