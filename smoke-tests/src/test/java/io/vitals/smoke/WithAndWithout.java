/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The shop run without the agent and with it, which has to come to the same. */
final class WithAndWithout {
  /** What the page that does everything looks like. */
  static final String ALL =
      "SERVER GET /all\n  CLIENT select orders\n  CLIENT GET\n    SERVER GET /stock\n";

  private WithAndWithout() {}

  /**
   * What a run comes to.
   *
   * @param out standard output, numbers left out
   * @param err standard error but the agent's start-up line, numbers left out
   */
  record Outcome(int exit, List<String> out, List<String> err) {
    static Outcome of(ForkedJvm jvm) {
      int exit = jvm.awaitExit();
      List<String> err = new ArrayList<>(jvm.err());
      for (String line : jvm.err()) {
        if (line.startsWith("vitals: ") && line.contains(" started in ")) {
          err.remove(line);
          break;
        }
      }
      return new Outcome(exit, withoutNumbers(jvm.out()), withoutNumbers(err));
    }

    private static List<String> withoutNumbers(List<String> lines) {
      return lines.stream().map(line -> line.replaceAll("[0-9]+([.,][0-9]+)*", "#")).toList();
    }
  }

  /** Runs the shop twice on such a JVM; fails unless the whole trace arrives, and nothing else. */
  static void shop(Supplier<Jvm> jvm) {
    Received received = shop(jvm, Jvm::agent);
    assertWhole(received);
  }

  /** The same with another way to attach the agent; returns what arrived. */
  static Received shop(Supplier<Jvm> jvm, java.util.function.UnaryOperator<Jvm> attach) {
    Outcome without;
    try (ForkedJvm forked = jvm.get().start(Program.JDK_SHOP)) {
      without = visit(forked);
    }
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm forked = attach.apply(jvm.get()).exportingTo(receiver).start(Program.JDK_SHOP)) {
      Outcome with = visit(forked);
      assertThat(with).as(forked::toString).isEqualTo(without);
      return receiver.received();
    }
  }

  /** Fails unless one whole trace has arrived and no hook has failed. */
  static void assertWhole(Received received) {
    assertThat(received.traces())
        .filteredOn(tree -> tree.span().kind().equals("SERVER"))
        .extracting(TraceTree::shape)
        .containsExactly(ALL);
    assertThat(received.metric("http.server.request.duration")).isNotNull();
    assertThat(received.metric("vitals.agent.hook.failures")).isNull();
    assertThat(received.metric("vitals.agent.hooks.refused")).isNull();
  }

  private static Outcome visit(ForkedJvm jvm) {
    assertThat(new Visitor(jvm.awaitPort()).get("/all")).as(jvm::toString).isEqualTo(200);
    assertThat(jvm.finish()).as(jvm::toString).isZero();
    return Outcome.of(jvm);
  }
}
