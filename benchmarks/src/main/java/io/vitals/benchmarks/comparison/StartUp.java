/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.peer.Arrivals;
import io.vitals.benchmarks.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a start costs: of a hello-world up to {@code main}, of the shop up to its first answer.
 *
 * <p>Classes are counted in a start of their own, because the log of them takes time.
 */
final class StartUp {
  private final Scene scene;
  private final Jdk jdk;
  private final Topic topic;
  private final Path folder;

  /** The flags of each peer's archive; none is a start without one. */
  private final Map<String, List<String>> archives = new TreeMap<>();

  /** How many spans the first request of a peer gives. */
  private final Map<String, Long> spans = new TreeMap<>();

  StartUp(Scene scene, Jdk jdk, Topic topic, Path folder) {
    this.scene = scene;
    this.jdk = jdk;
    this.topic = topic;
    this.folder = folder;
  }

  /** Where archives and logs lie. */
  Path folder() {
    return folder;
  }

  /** Starts the shop with these flags more from now on. */
  void use(Peer peer, List<String> flags) {
    archives.put(peer.name(), flags);
  }

  /** One round of one peer. */
  void run(Peer peer) throws Exception {
    if (archives.isEmpty()) {
      try (Child hello = scene.hello(jdk, peer, List.of())) {
        hello.answer();
        topic.add(Measure.HELLO, peer.name(), hello.millis());
        topic.add(Measure.HELLO_CPU, peer.name(), hello.cpuMillis());
        hello.finish();
      }
    }
    Arrivals before = scene.arrivals();
    try (Child shop = scene.shop(jdk, peer, flags(peer))) {
      firstAnswer(shop);
      topic.add(Measure.SHOP, peer.name(), shop.millis());
      topic.add(Measure.SHOP_CPU, peer.name(), shop.cpuMillis());
      shop.finish();
    }
    check(peer, scene.arrivals(before, peer.traces()));
  }

  private List<String> flags(Peer peer) {
    return archives.getOrDefault(peer.name(), List.of());
  }

  /** One order; a share of one trace is no trace that must arrive. */
  private void check(Peer peer, Arrivals arrivals) {
    if (peer.traces() == 1 && arrivals.traces() != 1) {
      throw new IllegalStateException(arrivals.traces() + " traces of the first request arrived");
    }
    Long before = spans.putIfAbsent(peer.name(), arrivals.spans());
    if (peer.traces() == 1 && before != null && before != arrivals.spans()) {
      throw new IllegalStateException(
          arrivals.spans() + " spans of start and first request arrived, and once " + before);
    }
    if (peer.traces() == 1) {
      topic.add(Measure.SPANS, peer.name(), arrivals.spans());
    }
  }

  /** Counts the classes of one start. */
  void classes(Peer peer) throws Exception {
    if (archives.isEmpty()) {
      Path log = folder.resolve("hello.log");
      try (Child hello = scene.hello(jdk, peer, List.of(ClassLog.flag(log)))) {
        hello.answer();
        hello.finish();
      }
      topic.add(
          Measure.HELLO_CLASSES,
          peer.name(),
          ClassLog.read(Files.readAllLines(log), Hello.class.getName()).loaded());
    }
    ClassLog loaded = shopClasses(peer, flags(peer));
    topic.add(Measure.SHOP_CLASSES, peer.name(), loaded.loaded());
    topic.add(Measure.SHARED, peer.name(), loaded.shared());
  }

  /** The classes of a shop that has given one answer. */
  ClassLog shopClasses(Peer peer, List<String> flags) throws Exception {
    Path log = folder.resolve("shop.log");
    List<String> more = new ArrayList<>(flags);
    more.add(ClassLog.flag(log));
    Arrivals before = scene.arrivals();
    try (Child shop = scene.shop(jdk, peer, more)) {
      firstAnswer(shop);
      List<String> lines = Files.readAllLines(log);
      shop.finish();
      check(peer, scene.arrivals(before, peer.traces()));
      return ClassLog.read(lines, null);
    }
  }

  /** Waits for the shop's first answer to an order. */
  static void firstAnswer(Child shop) throws IOException {
    try (Visit visit = new Visit(Integer.parseInt(shop.answer()))) {
      int status = visit.order(1);
      if (status != 200) {
        throw new IllegalStateException("the first answer is " + status + ": " + shop);
      }
    }
  }
}
