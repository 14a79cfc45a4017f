/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.peer.Arrivals;
import io.vitals.benchmarks.peer.Peer;
import io.vitals.benchmarks.peer.Receiver;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request costs under load: latency and CPU at a constant rate, throughput in a closed loop,
 * bytes, memory and threads.
 *
 * <p>One round: the shops of all peers are there at once and take turns of a few seconds, so that a
 * machine whose speed changes favours nobody. The others are idle meanwhile, but for what their
 * agents do by themselves. What counts is the median of a shop's turns: two processes that do the
 * same differ by more than two turns of one, so that only rounds tell how far a figure may be off.
 */
final class Requests implements AutoCloseable {
  /** Below this share of the traces that were to arrive, the peer did not do its work. */
  static final double FEWEST = 0.5;

  /** The latency of a shop that cannot keep up; its rate is no constant rate. */
  private static final long SATURATED_MICROS = 1_000_000;

  /** Requests of a warm-up after which is looked whether the compilers still have work. */
  private static final int STEP = 50_000;

  /** Below this share of the process's CPU the compilers have none that matters. */
  private static final double COMPILED = 0.03;

  private final Scene scene;
  private final Jdk jdk;
  private final Plan plan;
  private final Topic topic;
  private final Map<String, Served> shops = new HashMap<>();

  Requests(Scene scene, Jdk jdk, Plan plan, Topic topic) {
    this.scene = scene;
    this.jdk = jdk;
    this.plan = plan;
    this.topic = topic;
  }

  /** A shop, where its agent sends, and what was asked of it so far. */
  private static final class Served {
    final Child shop;
    final String receiver;
    final Map<Measure, Series> turns = new EnumMap<>(Measure.class);
    int port;
    long requests;

    /** Those at the constant rate, and what had arrived before the first of them. */
    long atRate;

    Arrivals before;

    Served(Child shop, String receiver) {
      this.shop = shop;
      this.receiver = receiver;
    }

    void add(Measure measure, double value) {
      turns.computeIfAbsent(measure, any -> Series.of()).add(value);
    }
  }

  /** One round of all peers. */
  void round(List<Peer> peers) {
    Rounds.run(topic, peers, 1, this::open);
    Rounds.run(topic, peers, plan.turns(), this::constantRate);
    Rounds.run(topic, peers, 1, this::told);
    Rounds.run(topic, peers, plan.turns(), this::closedLoop);
    Rounds.run(topic, peers, 1, this::end);
  }

  /** Starts a peer's shop and serves what makes the JVM compile it. */
  private void open(Peer peer) throws Exception {
    String receiver = scene.receiver();
    Served served = new Served(scene.shop(jdk, peer, receiver), receiver);
    shops.put(peer.name(), served);
    served.port = Integer.parseInt(served.shop.answer());
    boolean compiled = warmUp(served);
    topic.note(
        String.format(
            "%s: compilers %s after %,d requests",
            peer.name(), compiled ? "rested" : "were still at work", served.requests));
    int left = (int) Math.ceil(plan.settled() - served.shop.ageSeconds());
    if (left > 0) {
      served.requests += scene.load(served.port, left, plan.rate()).requests();
    }
  }

  /**
   * Serves load until the compilers rest, or the plan's most requests: code that is not compiled
   * yet costs a multiple, and would be told of the agent that has more of it.
   *
   * @return whether they rest
   */
  private boolean warmUp(Served served) {
    boolean compiled = false;
    while (!compiled
        && served.requests < plan.warmUp()
        && served.shop.ageSeconds() < Scene.MOST_SECONDS) {
      double cpu = served.shop.cpuMillis();
      double rest = served.shop.cpuMillisWithoutCompilers();
      int step = (int) Math.min(STEP, plan.warmUp() - served.requests);
      served.requests += scene.warmUp(served.port, step).requests();
      cpu = served.shop.cpuMillis() - cpu;
      rest = served.shop.cpuMillisWithoutCompilers() - rest;
      compiled = compilersRest(cpu, rest);
    }
    return compiled;
  }

  /** Whether compilers took so little of this CPU that there is nothing left that matters. */
  static boolean compilersRest(double cpuMillis, double cpuMillisWithoutCompilers) {
    return cpuMillisWithoutCompilers > (1 - COMPILED) * cpuMillis;
  }

  /** One turn of one peer at the constant rate, which is well below what it can serve. */
  private void constantRate(Peer peer) throws IOException {
    Served served = shops.get(peer.name());
    if (served.atRate == 0) {
      served.before = Receiver.arrivals(served.receiver);
    }
    Child shop = served.shop;
    long bytes = Long.parseLong(shop.ask("cost"));
    double cpu = shop.cpuMillisWithoutCompilers();
    Load.Result result = scene.load(served.port, plan.constant(), plan.rate());
    cpu = shop.cpuMillisWithoutCompilers() - cpu;
    bytes = Long.parseLong(shop.ask("cost")) - bytes;
    if (result.p99() > SATURATED_MICROS) {
      throw new IllegalStateException(
          plan.rate() + " requests a second are more than it can serve here; take a lower rate=");
    }
    served.requests += result.requests();
    served.atRate += result.requests();
    served.add(Measure.CPU, cpu * 1000 / result.requests());
    served.add(Measure.BYTES, (double) bytes / result.requests());
    served.add(Measure.MEAN, result.mean());
    served.add(Measure.P50, result.p50());
    served.add(Measure.P99, result.p99());
    served.add(Measure.P999, result.p999());
  }

  /** Fails unless the agent told of what was served at the constant rate. */
  private void told(Peer peer) throws Exception {
    Served served = shops.get(peer.name());
    double expected = peer.traces() * served.atRate;
    Arrivals arrivals =
        Scene.await(
            () -> Receiver.arrivals(served.receiver).since(served.before),
            Arrivals::traces,
            expected);
    checkFewest(peer, arrivals.traces(), served.atRate);
  }

  /** One turn of one peer as fast as it goes. */
  private void closedLoop(Peer peer) {
    Served served = shops.get(peer.name());
    Child shop = served.shop;
    double cpu = shop.cpuMillisWithoutCompilers();
    Load.Result result = scene.load(served.port, plan.closed(), 0);
    cpu = shop.cpuMillisWithoutCompilers() - cpu;
    served.requests += result.requests();
    served.add(Measure.THROUGHPUT, result.requests() / result.seconds());
    served.add(Measure.CPU_CLOSED, cpu * 1000 / result.requests());
  }

  /** Reads what is left in the shop, ends it, and looks at what has arrived of its agent. */
  private void end(Peer peer) throws Exception {
    Served served = shops.get(peer.name());
    served.turns.forEach((measure, turns) -> topic.add(measure, peer.name(), turns.median()));
    topic.add(Measure.THREADS, peer.name(), served.shop.threads());
    served.shop.ask("gc");
    topic.add(Measure.RESIDENT, peer.name(), served.shop.residentKib() / 1024);
    served.shop.finish();
    double expected = peer.traces() * served.requests;
    Arrivals arrivals =
        Scene.await(() -> Receiver.arrivals(served.receiver), Arrivals::traces, expected);
    checkMost(peer, arrivals.traces(), served.requests);
    if (peer.traces() > 0) {
      topic.add(Measure.ARRIVED, peer.name(), 100 * arrivals.traces() / expected);
      topic.add(Measure.SPANS, peer.name(), (double) arrivals.spans() / served.requests);
    }
  }

  /** Fails if so few traces cannot be those of an agent that is configured as its file says. */
  static void checkFewest(Peer peer, long traces, long requests) {
    check(traces >= FEWEST * peer.traces() * requests, peer, traces, requests);
  }

  /** Fails if so many cannot be; what an agent loses at full speed is a figure, and no fault. */
  static void checkMost(Peer peer, long traces, long requests) {
    double expected = peer.traces() * requests;
    // Samplers draw, so that a small share varies; a whole one cannot be exceeded by more than 1 %.
    check(
        traces <= (peer.traces() == 1 ? 1.01 * expected : expected / FEWEST),
        peer,
        traces,
        requests);
  }

  private static void check(boolean possible, Peer peer, long traces, long requests) {
    if (!possible) {
      throw new IllegalStateException(
          String.format(
              "%d traces of %d requests arrived where %.0f were to arrive",
              traces, requests, peer.traces() * requests));
    }
  }

  @Override
  public void close() {
    shops.values().forEach(served -> served.shop.close());
  }
}
