/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Another agent in the same JVM, before or behind: both do their work. */
@Tag("runtimes")
class TwoAgentsTest {
  @TempDir Path folder;

  /** Once more, be it the same file or a copy of it. */
  @ParameterizedTest
  @CsvSource({"8, false", "25, false", "25, true"})
  void itself_runsOnce(int version, boolean copied) throws IOException {
    Path second = copied ? Files.copy(Jvm.AGENT, folder.resolve("copy.jar")) : Jvm.AGENT;
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(version)
                .agent()
                .javaAgent(second.toString())
                .exportingTo(receiver)
                .start(Program.JDK_SHOP)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/all")).isEqualTo(200);
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.out()).hasSize(1);
      assertThat(jvm.err())
          .hasSize(2)
          .containsOnlyOnce("vitals: is running in this JVM already; nothing changed");
      WithAndWithout.assertWhole(receiver.received());
    }
  }

  @ParameterizedTest
  @CsvSource({"8, true", "8, false", "25, true", "25, false"})
  void jacoco_coversTheSame(int version, boolean first) {
    Path coverage = folder.resolve("jacoco.exec");
    String jacoco = Program.jars("jacoco").get(0) + "=destfile=" + coverage;
    Received received =
        WithAndWithout.shop(
            () -> first ? Jvm.version(version) : Jvm.version(version).javaAgent(jacoco),
            jvm -> first ? jvm.agent().javaAgent(jacoco) : jvm.agent());
    WithAndWithout.assertWhole(received);
    assertThat(coverage).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 11, 25})
  void jmxAgent_answers(int version) {
    WithAndWithout.shop(
        () ->
            Jvm.version(version)
                .property("com.sun.management.jmxremote.port", "0")
                .property("com.sun.management.jmxremote.host", "127.0.0.1")
                .property("com.sun.management.jmxremote.authenticate", "false")
                .property("com.sun.management.jmxremote.ssl", "false"));
  }

  @ParameterizedTest
  @CsvSource({"17, true", "17, false"})
  void openTelemetrysAgent_leavesOursWhole(int version, boolean first) {
    String other = Program.jars("reference").get(0).toString();
    UnaryOperator<Jvm> both =
        jvm -> first ? jvm.agent().javaAgent(other) : jvm.javaAgent(other).agent();
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            both.apply(Jvm.version(version)).exportingTo(receiver).start(Program.JDK_SHOP)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/all")).as(jvm::toString).isEqualTo(200);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.out()).hasSize(1);
      assertThat(jvm.err())
          .noneMatch(line -> line.startsWith("\tat ") || line.contains("ERROR"))
          .filteredOn(line -> line.startsWith("vitals: "))
          .hasSize(1);
      List<ReceivedSpan> ours =
          receiver.received().spans().stream()
              .filter(span -> "vitals".equals(span.resource().get("telemetry.distro.name")))
              .toList();
      assertThat(receiver.received().spans()).hasSizeGreaterThan(ours.size());
      assertThat(ours)
          .extracting(span -> span.kind() + " " + span.name())
          .contains("SERVER GET /all", "SERVER GET /stock", "CLIENT GET", "CLIENT select orders")
          .doesNotHaveDuplicates();
      assertThat(receiver.received().metric("vitals.agent.hook.failures")).isNull();
    }
  }
}
