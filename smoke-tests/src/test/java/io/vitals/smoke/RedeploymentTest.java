/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A web application that is undeployed is freed with its class loader, as without the agent. */
@Tag("servers")
class RedeploymentTest {
  private static final int TIMES = 20;
  private static final Pattern REACHABLE = Pattern.compile("^reachable (\\d+)$");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"8, REDEPLOYMENT9", "25, REDEPLOYMENT11"})
  void undeployedApplication_isFreed(int version, Program program) throws IOException {
    int without;
    try (ForkedJvm jvm = start(Jvm.version(version), program, "without")) {
      without = reachable(jvm);
    }
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            start(Jvm.version(version).agent().exportingTo(receiver), program, "with")) {
      assertThat(reachable(jvm)).as(jvm::toString).isLessThanOrEqualTo(without);
      assertThat(jvm.noise()).isEmpty();
      Received received = receiver.received();
      // Each of them has been seen, with its own driver, threads and calls.
      assertThat(received.traces())
          .filteredOn(tree -> tree.shape().contains("SERVER GET /shop"))
          .extracting(TraceTree::shape)
          .containsExactlyElementsOf(
              Collections.nCopies(
                  TIMES,
                  "CLIENT GET\n"
                      + "  SERVER GET /shop/\n"
                      + "    CLIENT create table orders\n"
                      + "    CLIENT select orders\n"
                      + "    CLIENT GET\n"
                      + "      SERVER GET /stock\n"
                      + "    CLIENT select orders\n"
                      + "    CLIENT GET\n"
                      + "      SERVER GET /stock\n"));
      assertThat(received.metric("vitals.agent.hook.failures")).isNull();
      assertThat(received.metric("vitals.agent.hooks.refused")).isNull();
    }
  }

  private ForkedJvm start(Jvm jvm, Program program, String name) throws IOException {
    Path base = Files.createDirectories(folder.resolve(name));
    Path driver =
        Program.jars("jdbc8").stream()
            .filter(jar -> jar.endsWith("h2.jar"))
            .findFirst()
            .orElseThrow();
    // Classes that are loaded twenty times are worth no optimising.
    return jvm.opensForTomcat()
        .flag("-XX:TieredStopAtLevel=1")
        .start(program, base.toString(), driver.toString(), Integer.toString(TIMES));
  }

  private static int reachable(ForkedJvm jvm) {
    int reachable = Integer.parseInt(jvm.awaitLine(REACHABLE).group(1));
    assertThat(jvm.finish()).as(jvm::toString).isZero();
    return reachable;
  }
}
