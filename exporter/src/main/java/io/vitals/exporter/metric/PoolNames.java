/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.metric;

import io.vitals.bootstrap.Database;
import io.vitals.bootstrap.OpenPool;
import io.vitals.exporter.db.DatabaseInfo;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds what {@code db.client.connection.pool.name} a pool has: its own, or {@code
 * server.address:server.port/db.namespace}, as the conventions ask where it has none.
 */
public final class PoolNames {
  /** Longer than any name that somebody types; what is longer is cut. */
  private static final int LONGEST = 255;

  /** As many URLs as pools; more begin anew. */
  private static final int MOST_URLS = 512;

  private final Map<String, String> byUrl = new HashMap<>();

  /** The name. */
  public String of(OpenPool<?> pool) {
    if (pool.name != null && !pool.name.isEmpty()) {
      return cut(pool.name);
    }
    if (pool.url == null) {
      return pool.hook;
    }
    if (byUrl.size() >= MOST_URLS) {
      byUrl.clear();
    }
    String name = byUrl.computeIfAbsent(pool.url, PoolNames::ofUrl);
    return name.isEmpty() ? pool.hook : name;
  }

  private static String ofUrl(String url) {
    DatabaseInfo database = DatabaseInfo.of(new Database(url, null));
    StringBuilder name = new StringBuilder();
    if (database.address != null) {
      name.append(database.address);
      if (database.port > 0) {
        name.append(':').append(database.port);
      }
    }
    if (database.namespace != null) {
      name.append(name.length() == 0 ? "" : "/").append(database.namespace);
    }
    return cut(name.toString());
  }

  static String cut(String name) {
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
  }
}
