/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import java.sql.Connection;
import java.sql.SQLException;

/** A connection of a pool that is given back by closing it. The bridge cannot see its type. */
public final class Borrowed {
  private Borrowed() {}

  /** Whether it is alive; closes it. */
  static boolean isValid(Connection borrowed, int timeoutMillis) throws SQLException {
    try (Connection connection = borrowed) {
      return connection.isValid(Math.max(1, (timeoutMillis + 999) / 1000));
    }
  }
}
