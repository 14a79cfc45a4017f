/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The load generator, a process of its own: at a constant rate, or as fast as a number of
 * connections goes.
 *
 * <p>At a constant rate a request's latency counts from the moment at which it was due, so that one
 * slow answer is seen by all requests that had to wait for it (no coordinated omission).
 */
final class Load {
  private Load() {}

  /**
   * Answers each line on standard input, {@code PORT CONNECTIONS SECONDS REQUESTS RATE}, with a
   * {@link Result}: it ends after the seconds or the requests, whichever are over first; rate 0 is
   * as fast as it goes.
   */
  public static void main(String[] arguments) throws Exception {
    System.out.println(Child.ANSWER + "ready");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      Result result =
          run(
              Integer.parseInt(words[0]),
              Integer.parseInt(words[1]),
              Integer.parseInt(words[2]),
              Integer.parseInt(words[3]),
              Integer.parseInt(words[4]));
      System.out.println(Child.ANSWER + result.line());
    }
  }

  /** What a load was answered. */
  record Result(
      long requests, long failures, double seconds, long mean, long p50, long p99, long p999) {
    String line() {
      return requests + " " + failures + " " + seconds + " " + mean + " " + p50 + " " + p99 + " "
          + p999;
    }

    static Result parse(String line) {
      String[] words = line.split(" ");
      return new Result(
          Long.parseLong(words[0]),
          Long.parseLong(words[1]),
          Double.parseDouble(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]),
          Long.parseLong(words[5]),
          Long.parseLong(words[6]));
    }
  }

  static Result run(int port, int connections, int seconds, int requests, int rate)
      throws InterruptedException {
    List<Connection> all = new ArrayList<>();
    long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    for (int i = 0; i < connections; i++) {
      Connection connection = new Connection(port, i, connections, start, end, requests, rate);
      all.add(connection);
      connection.start();
    }
    Histogram latencies = new Histogram(3);
    long failures = 0;
    for (Connection connection : all) {
      connection.join();
      latencies.add(connection.latencies);
      failures += connection.failures;
    }
    return new Result(
        latencies.getTotalCount(),
        failures,
        (System.nanoTime() - start) / 1e9,
        TimeUnit.NANOSECONDS.toMicros((long) latencies.getMean()),
        micros(latencies, 50),
        micros(latencies, 99),
        micros(latencies, 99.9));
  }

  private static long micros(Histogram nanos, double percentile) {
    return TimeUnit.NANOSECONDS.toMicros(nanos.getValueAtPercentile(percentile));
  }

  /** One of the connections, with every n-th request of the whole load. */
  private static final class Connection extends Thread {
    final Histogram latencies = new Histogram(3);
    long failures;
    private final int port;
    private final int index;
    private final long start;
    private final long end;
    private final int most;
    private final long interval;
    private final long offset;

    Connection(int port, int index, int connections, long start, long end, int requests, int rate) {
      this.port = port;
      this.index = index;
      this.start = start;
      this.end = end;
      this.most = requests / connections;
      this.interval = rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(connections) / rate;
      this.offset = interval * index / connections;
    }

    @Override
    public void run() {
      try (Visit visit = new Visit(port)) {
        long due = start + offset;
        for (int served = 0; due < end && served < most; served++) {
          await(due);
          if (visit.order((index * 131 + served) % 1000) != 200) {
            failures++;
          }
          long now = System.nanoTime();
          latencies.recordValue(Math.max(0, now - due));
          due = interval == 0 ? now : due + interval;
        }
      } catch (IOException | RuntimeException e) {
        failures++;
        System.err.println("load: " + e);
      }
    }

    private static void await(long due) {
      for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
        LockSupport.parkNanos(rest);
      }
    }
  }
}
