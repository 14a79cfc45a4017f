/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import java.sql.SQLException;

/** Reads the code of a failed statement; apart, because a runtime may lack {@code java.sql}. */
final class SqlErrorCode {
  private SqlErrorCode() {}

  /** The vendor's code if it has one, else the SQLSTATE, else null. */
  static String of(Throwable thrown) {
    try {
      if (!(thrown instanceof SQLException)) {
        return null;
      }
      SQLException failure = (SQLException) thrown;
      int code = failure.getErrorCode();
      if (code != 0) {
        return Integer.toString(code);
      }
      String state = failure.getSQLState();
      return state == null || state.isEmpty() || state.equals("00000") ? null : state;
    } catch (Throwable missingOrBroken) {
      return null;
    }
  }
}
