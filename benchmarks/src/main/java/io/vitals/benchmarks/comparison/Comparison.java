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
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Compares whole programs, each in a process of its own, under each peer. */
public final class Comparison {
  private final Plan plan;
  private final List<Peer> peers;

  /** Those that are programs of their own. */
  private final List<Peer> programs;

  private final Consumer<String> reader;
  private final StringBuilder report = new StringBuilder();
  private boolean whole = true;

  private Comparison(Plan plan, List<Peer> peers, Consumer<String> reader) {
    this.plan = plan;
    this.peers = peers;
    this.reader = reader;
    this.programs = peers.stream().filter(peer -> !peer.name().equals(Peer.FLOOR)).toList();
  }

  /**
   * Runs the comparison in the project's folder.
   *
   * @param words {@code quick} or {@code full}, and settings
   * @param reader gets the report as it is so far, as Markdown, each time a topic has been
   *     measured: who ends a run of an hour before its time keeps what it has found out
   * @return whether every peer did its work and no promise is broken
   */
  public static boolean run(List<String> words, Consumer<String> reader) throws Exception {
    Plan plan = Plan.parse(words);
    List<Peer> all = Peers.read(Peers.FOLDER);
    List<Peer> peers = plan.peers().isEmpty() ? all : Peers.named(all, plan.peers());
    if (!peers.get(0).name().equals(Peer.NONE)) {
      throw new IllegalArgumentException(
          "peers= has to begin with " + Peer.NONE + ", the baseline");
    }
    return new Comparison(plan, peers, reader).run();
  }

  private boolean run() throws Exception {
    List<Jdk> jdks = Jdk.all();
    report.append(Machine.describe(jdks, peers)).append("\nPlan: ").append(plan).append('\n');
    Path folder = Files.createTempDirectory("vitals-compare");
    try (Scene scene = Scene.open(folder)) {
      for (Jdk jdk : plan.everyJdk() ? jdks : jdks.subList(0, 1)) {
        if (!jdk.serves()) {
          continue;
        }
        micro(jdk);
        for (Work work : Work.values()) {
          inMemory(work, jdk);
        }
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
    report.append("\nAt the end: ").append(Machine.load()).append('\n');
    reader.accept(report.toString());
    return whole;
  }

  private void micro(Jdk jdk) throws IOException {
    if (plan.has("micro")) {
      report.append("\n## Micro benchmarks, ").append(jdk.description()).append("\n\n");
      try {
        report.append(new Micro(jdk).run());
      } catch (IllegalStateException failed) {
        whole = false;
        report.append("* **failed**: ").append(Report.oneLine(failed.getMessage())).append('\n');
      }
      reader.accept(report.toString());
    }
  }

  private void inMemory(Work work, Jdk jdk) {
    if (plan.has(work.part())) {
      Topic topic = new Topic(work.title() + ", " + jdk.description());
      InMemory inMemory = new InMemory(work, jdk, plan, topic);
      Rounds.run(topic, work.of(peers), plan.rounds(), inMemory::run);
      measured(topic);
    }
  }

  private void requests(Scene scene, Jdk jdk) {
    if (plan.has("requests")) {
      Topic topic = new Topic("Requests, " + jdk.description());
      for (int round = 0; round < plan.rounds(); round++) {
        System.err.printf("%s: processes %d of %d%n", topic.title(), round + 1, plan.rounds());
        try (Requests requests = new Requests(scene, jdk, plan, topic)) {
          requests.round(Rounds.order(programs, round));
        }
      }
      measured(topic);
    }
  }

  private void starts(Scene scene, Jdk jdk, Path folder) {
    if (plan.has("start")) {
      Topic topic = new Topic("Start-up, " + jdk.description());
      StartUp startUp = new StartUp(scene, jdk, topic, folder);
      Rounds.run(topic, programs, plan.starts(), startUp::run);
      Rounds.run(topic, programs, 1, startUp::classes);
      measured(topic);
    }
  }

  private void trained(Scene scene, Jdk jdk, Archive archive, Path folder) {
    if (plan.has(archive.part())) {
      Topic topic = new Topic("Start-up with " + archive.title() + ", " + jdk.description());
      StartUp startUp = new StartUp(scene, jdk, topic, folder);
      Peer none = programs.get(0);
      Rounds.run(
          topic,
          programs,
          1,
          peer -> startUp.use(peer, archive.train(scene, jdk, peer, none, startUp, topic)));
      Rounds.run(topic, programs, plan.starts(), startUp::run);
      Rounds.run(topic, programs, 1, startUp::classes);
      measured(topic);
    }
  }

  private void measured(Topic topic) {
    report.append(Report.of(topic));
    whole &= topic.failures().isEmpty() && Promises.broken(topic).isEmpty();
    reader.accept(report.toString());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
