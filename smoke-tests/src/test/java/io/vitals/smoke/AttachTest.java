/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar as a program: it attaches to JVMs that run already, lists them, and explains itself. */
@Tag("runtimes")
class AttachTest {
  /** How long a trace may be on its way, and how many requests are made before giving up. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private static final int ATTEMPTS = 10;

  @ParameterizedTest
  @ValueSource(ints = {8, 11, 17, 21, 25, 26})
  void attach_showsARunningShop(int version) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm shop = Jvm.version(version).start(Program.JDK_SHOP)) {
      Visitor visitor = new Visitor(shop.awaitPort());
      assertThat(visitor.get("/all")).isEqualTo(200);
      String options =
          "otel.exporter.otlp.endpoint="
              + receiver.endpoint()
              + ";otel.service.name=late;otel.bsp.schedule.delay=200";
      try (ForkedJvm attacher =
          Jvm.version(version).startJar(Jvm.AGENT, "attach", "" + shop.pid(), options)) {
        assertThat(attacher.awaitExit()).as("%s", attacher).isZero();
        assertThat(attacher.err()).isEmpty();
      }
      // The first request may still meet a class that is being woven.
      TraceTree whole = null;
      for (int i = 0; i < ATTEMPTS && whole == null; i++) {
        assertThat(visitor.get("/all")).isEqualTo(200);
        whole = receiver.received().findTrace(AttachTest::isWhole, PAUSE);
      }
      assertThat(whole).as("a whole trace; %s", shop).isNotNull();
      assertThat(whole.span().resource()).containsEntry("service.name", "late");
      assertThat(shop.finish()).isZero();
    }
  }

  private static boolean isWhole(TraceTree tree) {
    return tree.shape()
        .equals(
            "SERVER GET /all\n"
                + "  CLIENT select orders\n"
                + "  CLIENT GET\n"
                + "    SERVER GET /stock\n");
  }

  @Test
  void attachTwice_keepsTheFirst() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm shop = Jvm.running().agent().exportingTo(receiver).start(Program.JDK_SHOP)) {
      Visitor visitor = new Visitor(shop.awaitPort());
      try (ForkedJvm attacher =
          Jvm.running().startJar(Jvm.AGENT, "attach", "" + shop.pid(), "otel.service.name=late")) {
        attacher.awaitExit();
      }
      assertThat(visitor.get("/plain")).isEqualTo(200);
      assertThat(shop.finish()).isZero();
      assertThat(receiver.received().spans())
          .filteredOn(span -> span.kind().equals("SERVER"))
          .singleElement()
          .matches(span -> span.resource().get("service.name").equals("shop"));
    }
  }

  @Test
  void attach_toNoProcess_saysSoInOneLine() {
    try (ForkedJvm attacher = Jvm.running().startJar(Jvm.AGENT, "attach", "999999999")) {
      assertThat(attacher.awaitExit()).isNotZero();
      assertThat(attacher.err()).singleElement().asString().contains("999999999");
    }
  }

  @Test
  void list_namesARunningJvm() {
    try (ForkedJvm shop = Jvm.running().start(Program.JDK_SHOP)) {
      shop.awaitPort();
      try (ForkedJvm list = Jvm.running().startJar(Jvm.AGENT, "list")) {
        assertThat(list.awaitExit()).isZero();
        assertThat(list.out())
            .anyMatch(line -> line.startsWith(shop.pid() + " ") && line.contains("JdkShop"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 17, 26})
  void jarAlone_printsVersionAndUsage(int version) {
    try (ForkedJvm jvm = Jvm.version(version).startJar(Jvm.AGENT)) {
      assertThat(jvm.awaitExit()).isZero();
      assertThat(jvm.out().get(0)).matches("vitals-agent \\d+\\.\\d+\\.\\d+.*");
      assertThat(String.join("\n", jvm.out()))
          .contains("-javaagent:", "attach", "list", "notify test");
      assertThat(jvm.err()).isEmpty();
    }
  }
}
