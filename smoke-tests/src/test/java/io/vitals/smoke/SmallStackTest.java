/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where threads have small stacks, what fits without the agent fits with it. */
@Tag("runtimes")
class SmallStackTest {
  /** Filters that a request passes, three calls each. */
  private static final int FILTERS = 40;

  /**
   * The smallest that the JVM takes, where it can run at all with that: 11 cannot. The agent may
   * find no room to start in; then it says so in its one line and steps aside.
   */
  @ParameterizedTest
  @CsvSource({"8, 228k", "11, 180k", "17, 136k", "21, 136k", "25, 136k", "26, 136k"})
  void smallestStack_leavesTheApplicationAsItIs(int version, String smallest) {
    List<String> without;
    try (ForkedJvm jvm =
        Jvm.version(version).asInProduction().flag("-Xss" + smallest).start(Program.HELLO, "7")) {
      assertThat(jvm.awaitExit()).as(jvm::toString).isEqualTo(7);
      without = jvm.out();
    }
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(version)
                .asInProduction()
                .agent()
                .exportingTo(receiver)
                .flag("-Xss" + smallest)
                .start(Program.HELLO, "7")) {
      assertThat(jvm.awaitExit()).as(jvm::toString).isEqualTo(7);
      assertThat(jvm.out()).isEqualTo(without);
      assertThat(jvm.err())
          .singleElement()
          .asString()
          .matches("vitals: (.* started in .*|not started, the application runs without it: .*)");
    }
  }

  /** A little more than the smallest, so that Tomcat itself has room. */
  @ParameterizedTest
  @CsvSource({"8, 228k, TOMCAT9", "17, 180k, TOMCAT11", "26, 180k, TOMCAT11"})
  void deepFilterChainOnASmallStack_isMeasured(int version, String stack, Program program) {
    try (ForkedJvm jvm = jvm(version, stack).start(program)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/shop/plain")).as(jvm::toString).isEqualTo(200);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
    }
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = jvm(version, stack).agent().exportingTo(receiver).start(program)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/shop/plain")).as(jvm::toString).isEqualTo(200);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
      Received received = receiver.received();
      assertThat(received.traces())
          .filteredOn(tree -> tree.span().kind().equals("SERVER"))
          .extracting(TraceTree::shape)
          .containsExactly("SERVER GET /shop/plain\n");
      assertThat(received.metric("vitals.agent.hook.failures")).isNull();
      assertThat(received.metric("vitals.agent.hooks.refused")).isNull();
    }
  }

  private static Jvm jvm(int version, String stack) {
    return Jvm.version(version)
        .asInProduction()
        .opensForTomcat()
        .flag("-Xss" + stack)
        .property("shop.filters", Integer.toString(FILTERS));
  }
}
