/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runtimes that jlink made, and named modules: what needs a missing module is off, no more. */
@Tag("runtimes")
class OddImageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CALLER = "modular/io.vitals.smoke.modular.BareCaller";
  private static final String SHOP = "modular/io.vitals.smoke.modular.ModularShop";

  @TempDir Path folder;

  /** With logging, management, JDBC, both of the JDK's HTTP clients' modules and Unsafe missing. */
  @ParameterizedTest
  @ValueSource(ints = {11, 17, 25})
  void smallestImage_callsAndWatchesAndSaysOneLine(int version) {
    Jdk image = image(version, "java.base,java.instrument");
    Path rules = Rules.everySecond(folder);
    try (Downstream downstream = new Downstream();
        OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.of(image)
                .agent()
                .exportingTo(receiver)
                .property("vitals.alerts.file", rules.toString())
                .startModule(Program.jars("modular"), CALLER, downstream.url())) {
      Received received = receiver.received();
      Rules.awaitTwoLooks(received);
      received.awaitMetric("vitals.health.score", metric -> true, PATIENCE);
      assertThat(jvm.finish()).as(jvm::toString).isEqualTo(3);
      assertThat(jvm.out()).containsExactly("status 200");
      assertThat(jvm.err())
          .as(jvm::toString)
          .hasSize(2)
          .allMatch(line -> line.startsWith("vitals: "));
      assertThat(jvm.err().get(1)).contains("java.management");
      assertThat(received.spans())
          .singleElement()
          .extracting(ReceivedSpan::kind)
          .isEqualTo("CLIENT");
      assertThat(downstream.traceparents())
          .singleElement()
          .asString()
          .contains(received.spans().get(0).spanId());
      assertThat(received.metric("http.client.request.duration")).isNotNull();
      assertThat(received.metric("jvm.memory.used")).isNull();
    }
  }

  /** Without management a shop is a shop. */
  @ParameterizedTest
  @CsvSource({
    "11, 'java.base,java.instrument,java.net.http,java.sql,jdk.httpserver'",
    "25, 'java.base,java.instrument,java.net.http,java.sql,jdk.httpserver'",
    "25, 'java.base,java.instrument,java.net.http,java.sql,jdk.httpserver,java.management'"
  })
  void imageOfAShop_sendsAWholeTrace(int version, String modules) {
    shop(Jvm.of(image(version, modules)), modules.contains("management") ? 1 : 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 17, 26})
  void namedModule_sendsAWholeTrace(int version) {
    shop(Jvm.version(version).flag("--add-modules=java.sql,java.net.http,jdk.httpserver"), 1);
  }

  private void shop(Jvm command, int lines) {
    List<Path> path = new ArrayList<>(Program.jars("modular"));
    // H2 itself is no module and reads what it finds.
    String database = Program.jars("jdbc8").get(1).toString();
    assertThat(database).contains("h2");
    command.flag("--add-modules=java.sql,java.net.http,jdk.httpserver");
    command.flag("-Djdbc.drivers=org.h2.Driver").flag("-cp").flag(database);
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            command.agent().exportingTo(receiver).startModule(path, SHOP, "jdbc:h2:mem:shop")) {
      assertThat(new Visitor(jvm.awaitPort()).get("/all")).as(jvm::toString).isEqualTo(200);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.out()).hasSize(1);
      assertThat(jvm.err())
          .as(jvm::toString)
          .hasSize(lines)
          .allMatch(line -> line.startsWith("vitals: "));
      assertThat(receiver.received().traces())
          .singleElement()
          .extracting(TraceTree::shape)
          .isEqualTo(
              "SERVER GET /all\n  CLIENT select dual\n  CLIENT GET\n    SERVER GET /stock\n");
    }
  }

  private Jdk image(int version, String modules) {
    Path image = folder.resolve("image");
    try (ForkedJvm jlink =
        Jvm.version(version)
            .startTool("jlink", "--add-modules", modules, "--output", image.toString())) {
      assertThat(jlink.awaitExit()).as(jlink::toString).isZero();
    }
    assertThat(Files.exists(image.resolve("bin/java"))).isTrue();
    return new Jdk(image, version);
  }
}
