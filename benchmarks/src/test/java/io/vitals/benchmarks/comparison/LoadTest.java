/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A latency counts from the moment at which the request was due. */
class LoadTest {
  private static final int RATE = 100;
  private static final int SECONDS = 2;
  private static final int STALLED = 50;

  private HttpServer server;
  private int served;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    // One thread serves all, so that a stall is everybody's.
    server.createContext("/", this::serve);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aStall_isSeenByAllRequestsThatWereDueMeanwhile() throws InterruptedException {
    Load.Result result =
        Load.run(server.getAddress().getPort(), 2, SECONDS, Integer.MAX_VALUE, RATE);
    assertThat(result.requests()).isEqualTo(RATE * SECONDS);
    assertThat(result.failures()).isZero();
    // 50 of 200 wait for a quarter of a second on average: 62 ms. Only two are under way meanwhile,
    // and from these alone the mean would be 5 ms.
    assertThat(result.mean()).isGreaterThan(40_000);
    assertThat(result.p99()).isGreaterThan(400_000);
  }

  private void serve(HttpExchange exchange) throws IOException {
    served++;
    if (served == STALLED) {
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
      for (long rest = until - System.nanoTime(); rest > 0; rest = until - System.nanoTime()) {
        LockSupport.parkNanos(rest);
      }
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }
}
