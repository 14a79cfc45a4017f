/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.peer.Arrivals;
import io.vitals.benchmarks.peer.Peer;
import java.util.List;

/**
 * What a request costs under load: latency and CPU at a constant rate, throughput in a closed loop,
 * bytes, memory and threads.
 */
final class Requests {
  /** Below this share of the traces that were to arrive, the peer did not do its work. */
  static final double FEWEST = 0.5;

  /** The latency of a shop that cannot keep up; its rate is no constant rate. */
  private static final long SATURATED_MICROS = 1_000_000;

  /**
   * How old a process is before anything counts: what an agent does once, some seconds after the
   * start, is the cost of no request. In four seconds of load it would be a few KB of each.
   */
  private static final double SETTLED_SECONDS = 12;

  private final Scene scene;
  private final Jdk jdk;
  private final Plan plan;
  private final Topic topic;

  Requests(Scene scene, Jdk jdk, Plan plan, Topic topic) {
    this.scene = scene;
    this.jdk = jdk;
    this.plan = plan;
    this.topic = topic;
  }

  /** One round of one peer. */
  void run(Peer peer) throws Exception {
    Arrivals before = scene.arrivals();
    long requests;
    try (Child shop = scene.shop(jdk, peer, List.of())) {
      int port = Integer.parseInt(shop.answer());
      requests = scene.warmUp(port, plan.warmUp()).requests();
      requests += settle(shop, port);
      requests += constantRate(shop, port, peer);
      requests += closedLoop(shop, port, peer);
      topic.add(Measure.THREADS, peer.name(), shop.threads());
      shop.ask("gc");
      topic.add(Measure.RESIDENT, peer.name(), shop.residentKib() / 1024);
      shop.finish();
    }
    Arrivals arrivals = scene.arrivals(before, peer.traces() * requests);
    check(peer, arrivals.traces(), requests);
    if (peer.traces() > 0) {
      topic.add(Measure.ARRIVED, peer.name(), 100 * arrivals.traces() / (peer.traces() * requests));
      topic.add(Measure.SPANS, peer.name(), (double) arrivals.spans() / requests);
    }
  }

  private long settle(Child shop, int port) {
    int left = (int) Math.ceil(SETTLED_SECONDS - shop.ageSeconds());
    return left <= 0 ? 0 : scene.load(port, left, plan.rate()).requests();
  }

  private long constantRate(Child shop, int port, Peer peer) {
    long bytes = Long.parseLong(shop.ask("cost"));
    double cpu = shop.cpuMillisWithoutCompilers();
    Load.Result result = scene.load(port, plan.constant(), plan.rate());
    cpu = shop.cpuMillisWithoutCompilers() - cpu;
    bytes = Long.parseLong(shop.ask("cost")) - bytes;
    if (result.p99() > SATURATED_MICROS) {
      throw new IllegalStateException(
          plan.rate() + " requests a second are more than it can serve here; take a lower rate=");
    }
    topic.add(Measure.CPU, peer.name(), cpu * 1000 / result.requests());
    topic.add(Measure.BYTES, peer.name(), (double) bytes / result.requests());
    topic.add(Measure.MEAN, peer.name(), result.mean());
    topic.add(Measure.P50, peer.name(), result.p50());
    topic.add(Measure.P99, peer.name(), result.p99());
    topic.add(Measure.P999, peer.name(), result.p999());
    return result.requests();
  }

  private long closedLoop(Child shop, int port, Peer peer) {
    double cpu = shop.cpuMillisWithoutCompilers();
    Load.Result result = scene.load(port, plan.closed(), 0);
    cpu = shop.cpuMillisWithoutCompilers() - cpu;
    topic.add(Measure.THROUGHPUT, peer.name(), result.requests() / result.seconds());
    topic.add(Measure.CPU_CLOSED, peer.name(), cpu * 1000 / result.requests());
    return result.requests();
  }

  /** Fails if so many traces cannot be those of an agent that is configured as its file says. */
  static void check(Peer peer, long traces, long requests) {
    double expected = peer.traces() * requests;
    // Samplers draw, so that a small share varies; a whole one cannot be exceeded by more than 1 %.
    double most = peer.traces() == 1 ? 1.01 * expected : expected / FEWEST;
    if (traces < FEWEST * expected || traces > most) {
      throw new IllegalStateException(
          String.format(
              "%d traces of %d requests arrived where %.0f were to arrive",
              traces, requests, expected));
    }
  }
}
