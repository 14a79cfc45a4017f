/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.vitals.benchmarks.Budget;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/**
 * Holds that the packaged agent allocates nothing where a connection is borrowed and given back:
 * the difference of two forked JVMs, which compile with C1 alone, so that nothing is optimised
 * away.
 */
class PoolBudgetTest {
  @Test
  void borrowedConnection_allocatesNothingMore() throws Exception {
    long plain = bytes(false, List.of());
    long woven = bytes(true, Budget.attached());
    assertThat(plain).as("bytes of a connection that is borrowed and given back").isPositive();
    assertThat(woven)
        .as("the same with the agent; for its time: -Dbenchmarks=HikariBenchmark")
        .isEqualTo(plain);
  }

  /** Without the agent's own modules, whose helpers would stand in for those of the jar. */
  private static String libraries() throws URISyntaxException {
    List<String> paths = new ArrayList<>();
    for (Class<?> each :
        Arrays.asList(BorrowBytes.class, HikariDataSource.class, Logger.class, Driver.class)) {
      URI place = each.getProtectionDomain().getCodeSource().getLocation().toURI();
      paths.add(new File(place).getPath());
    }
    return String.join(File.pathSeparator, paths);
  }

  private static long bytes(boolean woven, List<String> options) throws Exception {
    return Budget.bytes(BorrowBytes.class, libraries(), options, woven);
  }
}
