/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A statement through a pool is one span and counts once, as if there were no pool. */
@Tag("databases")
class PoolsTest {
  private static final List<String> POOLS =
      List.of("hikari", "tomcat-jdbc", "tomcat-dbcp", "dbcp2", "c3p0", "druid", "agroal", "vibur");

  @Test
  void statementThroughAnyPool_isWhatItIsWithoutOne() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(17)
                .agent()
                .exportingTo(receiver)
                // With SLF4J and nothing behind it c3p0 says so.
                .property("com.mchange.v2.log.MLog", "jul")
                .start(Program.POOL_SHOP)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      List<String> pages = new ArrayList<>(List.of("none"));
      pages.addAll(POOLS);
      // The second time a pool gives the connection, and some the statements, that it kept.
      pages.addAll(POOLS);
      for (String page : pages) {
        assertThat(visitor.get("/" + page)).as(jvm::toString).isEqualTo(200);
      }
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
      AlikePages.check(receiver.received(), pages);
    }
  }
}
