/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.peer.Peer;
import io.vitals.benchmarks.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Compares whole programs, each in a process of its own, under each peer. */
public final class Comparison {
  private final Plan plan;
  private final List<Peer> peers;

  /** Those that are programs of their own. */
  private final List<Peer> programs;

  private final List<Topic> topics = new ArrayList<>();

  private Comparison(Plan plan, List<Peer> peers) {
    this.plan = plan;
    this.peers = peers;
    this.programs = peers.stream().filter(peer -> !peer.name().equals(Peer.FLOOR)).toList();
  }

  /**
   * Runs the comparison in the project's folder.
   *
   * @param words {@code quick} or {@code full}, and settings
   * @return the report, as Markdown
   */
  public static Outcome run(List<String> words) throws Exception {
    Plan plan = Plan.parse(words);
    List<Peer> all = Peers.read(Peers.FOLDER);
    List<Peer> peers = plan.peers().isEmpty() ? all : Peers.named(all, plan.peers());
    if (!peers.get(0).name().equals(Peer.NONE)) {
      throw new IllegalArgumentException(
          "peers= has to begin with " + Peer.NONE + ", the baseline");
    }
    return new Comparison(plan, peers).run();
  }

  /**
   * What came of it.
   *
   * @param report Markdown
   * @param whole whether every peer did its work
   */
  public record Outcome(String report, boolean whole) {}

  private Outcome run() throws Exception {
    List<Jdk> jdks = Jdk.all();
    StringBuilder report = new StringBuilder(Machine.describe(jdks, peers));
    report.append("\nPlan: ").append(plan).append('\n');
    Path folder = Files.createTempDirectory("vitals-compare");
    try (Scene scene = Scene.open(folder)) {
      for (Jdk jdk : plan.everyJdk() ? jdks : jdks.subList(0, 1)) {
        if (!jdk.serves()) {
          continue;
        }
        memory(jdk);
        requests(scene, jdk);
        starts(scene, jdk, folder);
      }
      for (Archive archive : Archive.values()) {
        for (Jdk jdk : jdks) {
          if (archive.isMeasuredOn(jdk)) {
            trained(scene, jdk, archive, folder);
          }
        }
      }
    } finally {
      delete(folder);
    }
    boolean whole = true;
    for (Topic topic : topics) {
      report.append(Report.of(topic));
      whole &= topic.failures().isEmpty();
    }
    report.append("\nAt the end: ").append(Machine.load()).append('\n');
    return new Outcome(report.toString(), whole);
  }

  private void memory(Jdk jdk) {
    if (plan.has("memory")) {
      Topic topic = topic("One request in memory, " + jdk.description());
      Rounds.run(topic, peers, plan.rounds(), new InMemory(jdk, plan, topic)::run);
    }
  }

  private void requests(Scene scene, Jdk jdk) {
    if (plan.has("requests")) {
      Topic topic = topic("Requests, " + jdk.description());
      try (Requests requests = new Requests(scene, jdk, plan, topic)) {
        Rounds.run(topic, programs, 1, requests::open);
        Rounds.run(topic, programs, plan.turns(), requests::turn);
        Rounds.run(topic, programs, 1, requests::end);
      }
    }
  }

  private void starts(Scene scene, Jdk jdk, Path folder) {
    if (plan.has("start")) {
      Topic topic = topic("Start-up, " + jdk.description());
      StartUp startUp = new StartUp(scene, jdk, topic, folder);
      Rounds.run(topic, programs, plan.starts(), startUp::run);
      Rounds.run(topic, programs, 1, startUp::classes);
    }
  }

  private void trained(Scene scene, Jdk jdk, Archive archive, Path folder) {
    if (plan.has(archive.part())) {
      Topic topic = topic("Start-up with " + archive.title() + ", " + jdk.description());
      StartUp startUp = new StartUp(scene, jdk, topic, folder);
      Peer none = programs.get(0);
      Rounds.run(
          topic,
          programs,
          1,
          peer -> startUp.use(peer, archive.train(scene, jdk, peer, none, startUp, topic)));
      Rounds.run(topic, programs, plan.starts(), startUp::run);
      Rounds.run(topic, programs, 1, startUp::classes);
    }
  }

  private Topic topic(String title) {
    Topic topic = new Topic(title);
    topics.add(topic);
    return topic;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
