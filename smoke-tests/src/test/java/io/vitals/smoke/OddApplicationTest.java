/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application puts in the place of a part of the JDK stays its own. */
@Tag("runtimes")
class OddApplicationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {8, 17})
  void partsThatTheApplicationReplaces_areLeftToIt(int version) throws IOException {
    String program = Program.OWN_PARTS.mainClass();
    Path rules = Rules.everySecond(folder);
    UnaryOperator<Jvm> own =
        jvm ->
            jvm.property("java.util.logging.manager", program + "$Logs")
                .property("javax.management.builder.initial", program + "$Beans");
    try (Downstream downstream = new Downstream();
        OtlpReceiver receiver = OtlpReceiver.start()) {
      String address = downstream.url().replaceAll("http://|/", "");
      Files.writeString(
          rules,
          String.join(
              "\n",
              "",
              "health:",
              "  checks:",
              "    - {name: page, type: http, interval: 1s, url: '" + downstream.url() + "'}",
              "    - {name: port, type: tcp, interval: 1s, address: '" + address + "'}",
              ""),
          StandardOpenOption.APPEND);
      List<String> without;
      try (ForkedJvm jvm =
          own.apply(Jvm.version(version)).start(Program.OWN_PARTS, downstream.url())) {
        jvm.say("");
        assertThat(jvm.finish()).as(jvm::toString).isZero();
        assertThat(jvm.err()).isEmpty();
        without = jvm.out();
      }
      assertThat(without).filteredOn(line -> line.equals("strangers []")).hasSize(2);
      try (ForkedJvm jvm =
          own.apply(Jvm.version(version).agent().exportingTo(receiver))
              .property("vitals.alerts.file", rules.toString())
              .start(Program.OWN_PARTS, downstream.url())) {
        Received received = receiver.received();
        received.awaitSpans(spans -> !spans.isEmpty(), PATIENCE);
        received.awaitMetric("jvm.memory.used", metric -> true, PATIENCE);
        Rules.awaitTwoLooks(received);
        received.awaitMetric(
            "vitals.health.check.duration", metric -> metric.points().size() == 2, PATIENCE);
        jvm.say("");
        jvm.awaitLine(Pattern.compile("strangers"));
        assertThat(jvm.finish()).as(jvm::toString).isZero();
        assertThat(jvm.out()).isEqualTo(without);
        assertThat(jvm.err()).singleElement().asString().startsWith("vitals: ");
        assertThat(received.spans()).extracting(ReceivedSpan::kind).hasSize(2);
      }
    }
  }
}
