/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement through P6Spy or datasource-proxy is one span and counts once, as without them. */
@Tag("databases")
class WrappersTest {
  private static final List<String> WRAPPERS =
      List.of(
          "p6spy",
          "p6spy-in-pool",
          "proxy",
          "proxy-in-pool",
          "proxy-around-pool",
          "proxy-around-p6spy-in-pool");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {8, 25})
  void statementThroughAnyWrapper_isWhatItIsWithoutOne(int version) throws IOException {
    Path spied = folder.resolve("spied.log");
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(version)
                .agent()
                .exportingTo(receiver)
                .property("p6spy.config.logfile", spied.toString())
                .property("p6spy.config.autoflush", "true")
                .start(Program.WRAPPER_SHOP)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      List<String> pages = new ArrayList<>(List.of("none"));
      pages.addAll(WRAPPERS);
      // The second time the pools give what they kept.
      pages.addAll(WRAPPERS);
      for (String page : pages) {
        assertThat(visitor.get("/" + page)).as(jvm::toString).isEqualTo(200);
      }
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
      // Both wrappers have been on the way: four of the ways lead through the one, three the other.
      assertThat(jvm.out()).contains("proxied " + 2 * 4 * AlikePages.STATEMENTS.size());
      assertThat(Files.readAllLines(spied))
          .filteredOn(line -> line.contains("|SELECT item FROM orders WHERE id = 7"))
          .hasSize(2 * 3);
      AlikePages.check(receiver.received(), pages);
    }
  }
}
