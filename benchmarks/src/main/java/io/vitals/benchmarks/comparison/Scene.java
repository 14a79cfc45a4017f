/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.peer.Arrivals;
import io.vitals.benchmarks.peer.Peer;
import io.vitals.benchmarks.peer.Peers;
import io.vitals.benchmarks.peer.Receiver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The processes around the program that is measured, and how it is started.
 *
 * <pre>
 * Load --HTTP--> Shop + agent --HTTP--> Backend: the stock, and the receiver of what the agent sends
 *   ^                 ^                      ^
 *   '---- lines ------'---- lines, /proc ----'---- GET /arrivals ---- this JVM
 * </pre>
 */
final class Scene implements AutoCloseable {
  /** How long a request may take from its end to the receiver once its shop has ended. */
  private static final int PATIENCE_MILLIS = 5_000;

  /** Where a warm-up ends even if the machine is too slow for its requests. */
  static final int MOST_SECONDS = 120;

  /**
   * The young part of the heap has one size for all, is touched whole by all, and so is no
   * difference in resident memory; what a peer keeps lies in the old part. The client keeps as many
   * connections to the stock as there are threads.
   */
  private static final List<String> SHOP_FLAGS =
      List.of(
          "-Xms256m",
          "-Xmx256m",
          "-Xmn64m",
          "-XX:+UseSerialGC",
          "-Dhttp.maxConnections=" + Shop.THREADS);

  private static final List<String> HELLO_FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC");

  /** The helpers stay small, and answer small packets at once. */
  private static final List<String> HELPER_FLAGS =
      List.of("-Xmx128m", "-XX:+UseSerialGC", "-Dsun.net.httpserver.nodelay=true");

  private final Path folder;
  private final Child backend;
  private final Child load;
  private final String endpoint;
  private final String stock;

  private Scene(Path folder, Child backend, Child load) {
    this.folder = folder;
    this.backend = backend;
    this.load = load;
    String[] urls = backend.answer().split(" ");
    this.endpoint = urls[0];
    this.stock = urls[1];
    load.answer();
  }

  /** Opens one whose programs leave their temporary files in that folder. */
  static Scene open(Path folder) throws IOException {
    Child backend = Child.start(Jdk.running(), HELPER_FLAGS, Backend.class);
    return new Scene(folder, backend, Child.start(Jdk.running(), HELPER_FLAGS, Load.class));
  }

  /** The base URL of a receiver that nobody else sends to. */
  String receiver() {
    return backend.ask("receiver");
  }

  /** Starts a shop with the peer. */
  Child shop(Jdk jdk, Peer peer, List<String> moreFlags) throws IOException {
    return Child.start(jdk, flags(SHOP_FLAGS, peer, moreFlags, endpoint), Shop.class, stock);
  }

  /** Starts a shop with the peer, which sends to that receiver. */
  Child shop(Jdk jdk, Peer peer, String receiver) throws IOException {
    return Child.start(jdk, flags(SHOP_FLAGS, peer, List.of(), receiver), Shop.class, stock);
  }

  /** Starts a hello-world with the peer. */
  Child hello(Jdk jdk, Peer peer, List<String> moreFlags) throws IOException {
    return Child.start(jdk, flags(HELLO_FLAGS, peer, moreFlags, endpoint), Hello.class);
  }

  private List<String> flags(List<String> first, Peer peer, List<String> more, String receiver) {
    List<String> flags = new ArrayList<>(first);
    flags.add("-Djava.io.tmpdir=" + folder);
    flags.addAll(more);
    flags.addAll(peer.flags(Peers.JARS, receiver));
    return flags;
  }

  /** Serves so many requests as fast as it goes. */
  Load.Result warmUp(int port, int requests) {
    return load(port, MOST_SECONDS, requests, 0);
  }

  /** Puts the shop under load for so long; rate 0 is as fast as it goes. */
  Load.Result load(int port, int seconds, int rate) {
    return load(port, seconds, Integer.MAX_VALUE, rate);
  }

  private Load.Result load(int port, int seconds, int requests, int rate) {
    Load.Result result =
        Load.Result.parse(
            load.ask(port + " " + Shop.THREADS + " " + seconds + " " + requests + " " + rate));
    if (result.failures() > 0 || result.requests() == 0) {
      throw new IllegalStateException(
          result.failures() + " of " + result.requests() + " requests failed");
    }
    return result;
  }

  /** What the receiver has got so far. */
  Arrivals arrivals() throws IOException {
    return Receiver.arrivals(endpoint);
  }

  /** What the receiver has got since then, as soon as so many traces are there or patience ends. */
  Arrivals arrivals(Arrivals before, double traces) throws IOException, InterruptedException {
    return await(() -> arrivals().since(before), Arrivals::traces, traces);
  }

  /** Where a receiver is asked what has arrived. */
  interface Source {
    Arrivals arrivals() throws IOException;
  }

  /**
   * What has arrived as soon as so many traces, or what else is counted, have; a peer may send
   * until its JVM has ended.
   */
  static Arrivals await(Source source, ToLongFunction<Arrivals> counted, double expected)
      throws IOException, InterruptedException {
    Arrivals arrivals = source.arrivals();
    for (int waited = 0;
        counted.applyAsLong(arrivals) < expected && waited < PATIENCE_MILLIS;
        waited += 100) {
      Thread.sleep(100);
      arrivals = source.arrivals();
    }
    return arrivals;
  }

  @Override
  public void close() {
    load.close();
    backend.close();
  }
}
