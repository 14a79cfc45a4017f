/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On every JDK, through every executor: a child finds its parent, an unrelated task does not,
 * nothing is kept, and the application finds its own tasks wherever it looks.
 */
@Tag("threads")
class ExecutorContractTest {
  @ParameterizedTest
  @ValueSource(ints = {8, 11, 17, 21, 25, 26})
  void executors_keepTheContract(int version) {
    try (ForkedJvm jvm = jvm(version).agent().start(Program.TASK_CONTRACT)) {
      assertThat(jvm.awaitExit()).as(jvm::toString).isZero();
      assertThat(broken(jvm)).isEmpty();
      assertThat(checks(jvm)).isGreaterThan(2000);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 17, 21, 25, 26})
  void executors_keepTheContractWhenAttachedLate(int version) {
    Jvm program = jvm(version);
    if (version >= 21) {
      program.flag("-XX:+EnableDynamicAgentLoading");
    }
    try (ForkedJvm jvm = program.start(Program.TASK_CONTRACT, "attach")) {
      jvm.awaitLine(Pattern.compile("ready"));
      try (ForkedJvm attaching =
          Jvm.version(version)
              .startJar(Jvm.AGENT, "attach", Long.toString(jvm.pid()), NOTHING_SENT)) {
        assertThat(attaching.awaitExit()).as(attaching::toString).isZero();
      }
      jvm.say("go");
      assertThat(jvm.awaitExit()).as(jvm::toString).isZero();
      assertThat(broken(jvm)).isEmpty();
      assertThat(checks(jvm)).isGreaterThan(2000);
    }
  }

  /** What the contract says of queues, hooks and texts is how a pool behaves without an agent. */
  @Test
  void executors_showTheSameWithoutTheAgent() {
    try (ForkedJvm jvm = jvm(17).start(Program.TASK_CONTRACT, "without")) {
      assertThat(jvm.awaitExit()).as(jvm::toString).isZero();
      assertThat(broken(jvm)).isEmpty();
    }
  }

  private static final String NOTHING_SENT =
      "otel.traces.exporter=none;otel.metrics.exporter=none;otel.logs.exporter=none";

  private static Jvm jvm(int version) {
    Jvm jvm = Jvm.version(version);
    for (String option : NOTHING_SENT.split(";")) {
      jvm.flag("-D" + option);
    }
    if (version >= 21) {
      // Structured concurrency is a preview from 21 on.
      jvm.flag("--enable-preview").property("structured", "true");
    }
    return jvm;
  }

  private static List<String> broken(ForkedJvm jvm) {
    List<String> broken = new ArrayList<>(jvm.out());
    broken.removeIf(line -> !line.startsWith("BROKEN"));
    return broken;
  }

  private static int checks(ForkedJvm jvm) {
    return Integer.parseInt(jvm.awaitLine(Pattern.compile("done (\\d+) broken")).group(1));
  }
}
