/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import io.vitals.bootstrap.DbSpan;
import java.util.HashMap;
import java.util.Map;

/** Reads statements; confined to the drain. */
public final class Statements {
  private final Map<Object, StatementInfo> known = new HashMap<>();

  /** What is known of the statement of a span. */
  public StatementInfo of(DbSpan span) {
    StatementInfo info = known.get(span.sql);
    if (info == null) {
      String text = String.valueOf(span.sql);
      info = new StatementInfo(text, text, null, null);
      known.put(span.sql, info);
    }
    return info;
  }
}
