/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.ProcessCost;
import io.vitals.benchmarks.WorkerCost;
import io.vitals.benchmarks.inmemory.RequestBenchmark;
import io.vitals.benchmarks.peer.Arrivals;
import io.vitals.benchmarks.peer.Peer;
import io.vitals.benchmarks.peer.Peers;
import io.vitals.benchmarks.peer.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/** Has JMH measure work in memory in a JVM of its own under each peer. */
final class InMemory {
  /** The heap is the same for all; what is opened is for the sockets in memory. */
  private static final List<String> FLAGS =
      List.of(
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "-Xms256m",
          "-Xmx256m",
          "-Xmn64m",
          "-XX:+UseSerialGC");

  private final Work work;
  private final Jdk jdk;
  private final Plan plan;
  private final Topic topic;

  InMemory(Work work, Jdk jdk, Plan plan, Topic topic) {
    this.work = work;
    this.jdk = jdk;
    this.plan = plan;
    this.topic = topic;
  }

  /** One round of one peer. */
  void run(Peer peer) throws Exception {
    // JMH's forks get the class path of this JVM, on which the agent's own classes lie bare.
    System.setProperty("java.class.path", ClassPath.ofPrograms());
    try (Receiver receiver = Receiver.start()) {
      Options options = options(peer, receiver.endpoint());
      Path output = Path.of(options.getOutput().get());
      RunResult result = Jmh.run(options).iterator().next();
      double expected = 0;
      for (BenchmarkResult fork : result.getBenchmarkResults()) {
        expected += peer.traces() * work.sent(fork.getMetadata());
      }
      check(peer, Scene.await(receiver::arrivals, work::arrived, expected), expected, output);
      Files.delete(output);
      Statistics times = result.getPrimaryResult().getStatistics();
      add(Measure.TIME_MEAN, peer, times.getMean());
      add(Measure.TIME_P50, peer, times.getPercentile(50));
      add(Measure.TIME_P99, peer, times.getPercentile(99));
      add(Measure.THREAD_CPU, peer, secondary(result, "worker.cpu"));
      add(Measure.THREAD_BYTES, peer, secondary(result, "worker.bytes"));
      add(Measure.PROCESS_CPU, peer, secondary(result, "process.cpu"));
      add(Measure.PROCESS_BYTES, peer, secondary(result, "gc.alloc.rate.norm"));
    }
  }

  private Options options(Peer peer, String endpoint) throws IOException {
    List<String> flags = new ArrayList<>(FLAGS);
    flags.addAll(peer.flags(Peers.JARS, endpoint));
    if (work == Work.REQUEST && (peer.traces() > 0 || peer.name().equals(Peer.NONE))) {
      String carried = peer.traces() > 0 ? RequestBenchmark.TRACE_PARENT : "";
      flags.add("-D" + RequestBenchmark.CARRIED + "=" + carried);
    }
    return new OptionsBuilder()
        .include(work.benchmark().getName() + "\\.")
        .jvm(jdk.java())
        .jvmArgs(flags.toArray(new String[0]))
        .warmupIterations(work.warmUp(plan))
        .measurementIterations(plan.iterations())
        .addProfiler(GCProfiler.class)
        .addProfiler(WorkerCost.class)
        .addProfiler(ProcessCost.class)
        .output(Files.createTempFile("vitals-" + peer.name(), ".jmh").toString())
        .shouldFailOnError(true)
        .build();
  }

  private void check(Peer peer, Arrivals arrivals, double expected, Path output) {
    long arrived = work.arrived(arrivals);
    if (arrived < expected * Requests.FEWEST || peer.traces() == 0 && arrivals.spans() > 0) {
      throw new IllegalStateException(
          String.format(
              "%d %s arrived where %.0f were to arrive; what the JVM said is in %s",
              arrived, work.counted(), expected, output));
    }
    if (work == Work.METHODS && expected > 0) {
      add(Measure.RECORDS, peer, 100 * arrived / expected);
    }
  }

  private void add(Measure measure, Peer peer, double value) {
    topic.add(measure, peer.name(), value);
  }

  /** The middle iteration's: in the first ones the compiler may still be at work. */
  private static double secondary(RunResult result, String name) {
    return Jmh.iterations(result, each -> each.getSecondaryResults().get(name)).median();
  }
}
