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
import org.junit.jupiter.params.provider.ValueSource;

/** Every JDK from 8 to 26 starts without a word too many and sends a whole trace. */
@Tag("runtimes")
class MatrixTest {
  @ParameterizedTest
  @ValueSource(ints = {8, 11, 17, 21, 25, 26})
  void jdk_sendsServerStatementAndCallAndIsQuiet(int version) {
    List<TraceTree> traces =
        traces(Jvm.version(version).asInProduction(), Program.JDK_SHOP, "/all");
    assertThat(traces)
        .singleElement()
        .extracting(TraceTree::shape)
        .isEqualTo(
            "SERVER GET /all\n"
                + "  CLIENT select orders\n"
                + "  CLIENT GET\n"
                + "    SERVER GET /stock\n");
    assertThat(traces.get(0).span().resource().get("process.runtime.version").toString())
        .startsWith(version == 8 ? "1.8" : Integer.toString(version));
  }

  @ParameterizedTest
  @CsvSource({"8, TOMCAT9", "11, TOMCAT10", "21, TOMCAT11", "25, TOMCAT11", "26, TOMCAT11"})
  void tomcat_sendsAWholeTraceAndIsQuiet(int version, Program program) {
    assertThat(
            traces(
                Jvm.version(version).asInProduction().opensForTomcat(), program, "/shop/checkout"))
        .singleElement()
        .extracting(TraceTree::shape)
        .isEqualTo(
            "SERVER GET /shop/checkout\n"
                + "  CLIENT BATCH UPDATE orders\n"
                + "  CLIENT GET\n"
                + "    SERVER GET /stock\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 17, 21, 25, 26})
  void httpClient_sendsAWholeTraceAndIsQuiet(int version) {
    assertThat(traces(Jvm.version(version).asInProduction(), Program.JDK_CLIENTS, "/async"))
        .singleElement()
        .extracting(TraceTree::shape)
        .isEqualTo("SERVER GET /async\n  CLIENT GET\n    SERVER GET /stock\n");
  }

  private static List<TraceTree> traces(Jvm jvm, Program program, String page) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm forked = jvm.agent().exportingTo(receiver).start(program)) {
      assertThat(new Visitor(forked.awaitPort()).get(page)).isEqualTo(200);
      assertThat(forked.finish()).isZero();
      assertThat(forked.noise()).isEmpty();
      return receiver.received().traces().stream()
          .filter(tree -> tree.span().kind().equals("SERVER"))
          .toList();
    }
  }
}
