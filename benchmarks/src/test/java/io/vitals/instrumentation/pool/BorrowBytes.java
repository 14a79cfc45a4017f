/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import com.zaxxer.hikari.HikariDataSource;
import io.vitals.benchmarks.LeastBytes;
import java.util.Map;

/**
 * The program of {@link PoolBudgetTest}: prints the bytes that a thread allocates when it borrows a
 * connection of HikariCP and gives it back. Its argument says whether the pool has to be woven.
 */
final class BorrowBytes {
  private BorrowBytes() {}

  public static void main(String[] arguments) throws Exception {
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setPoolName("budget");
      pool.setJdbcUrl("jdbc:h2:mem:budget");
      pool.setMaximumPoolSize(1);
      LeastBytes.print(() -> pool.getConnection().close());
      if (isMeasured() != Boolean.parseBoolean(arguments[0])) {
        throw new IllegalStateException("measured: " + isMeasured());
      }
    }
    System.exit(0);
  }

  /** Whether the bridge, which is in java.lang here, knows times of the pool. */
  private static boolean isMeasured() throws ReflectiveOperationException {
    try {
      Object all = Class.forName("java.lang.VitalsPoolTimes").getMethod("all").invoke(null);
      return ((Map<?, ?>) all).containsKey("budget");
    } catch (ClassNotFoundException none) {
      return false;
    }
  }
}
