/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;

/** The duration histograms of the semantic conventions, with the buckets that they advise. */
public enum Metric {
  /** Requests that this process answers. */
  HTTP_SERVER(
      "http.server.request.duration", "Duration of HTTP server requests.", Advice.HTTP_SECONDS),
  /** Requests that this process sends. */
  HTTP_CLIENT(
      "http.client.request.duration", "Duration of HTTP client requests.", Advice.HTTP_SECONDS),
  /** Statements, batches and transaction ends. */
  DB_CLIENT(
      "db.client.operation.duration",
      "Duration of database client operations.",
      Advice.DATABASE_SECONDS),
  /** Connections that a pool makes. */
  POOL_CREATE(
      "db.client.connection.create_time",
      "The time it took to create a new connection.",
      Advice.DATABASE_SECONDS),
  /** Callers that want a connection of a pool. */
  POOL_WAIT(
      "db.client.connection.wait_time",
      "The time it took to obtain an open connection from the pool.",
      Advice.DATABASE_SECONDS),
  /** Callers that have a connection of a pool. */
  POOL_USE(
      "db.client.connection.use_time",
      "The time between borrowing a connection and returning it to the pool.",
      Advice.DATABASE_SECONDS);

  private static final Metric[] ALL = values();

  private final String metricName;
  private final String description;
  private final Bounds bounds;

  Metric(String metricName, String description, double[] seconds) {
    this.metricName = metricName;
    this.description = description;
    this.bounds = new Bounds(seconds);
  }

  /** How many there are. */
  static int count() {
    return ALL.length;
  }

  /** How many of the first are of spans. */
  static int ofSpans() {
    return POOL_CREATE.ordinal();
  }

  /** Whether its series are those of connection pools, by their names. */
  public boolean isOfPools() {
    return ordinal() >= POOL_CREATE.ordinal();
  }

  static Metric at(int ordinal) {
    return ALL[ordinal];
  }

  /** The metric that a span is measured in, or null if it is in none. */
  static Metric of(Span span) {
    return span instanceof ServerSpan
        ? HTTP_SERVER
        : span instanceof DbSpan ? DB_CLIENT : span instanceof ClientSpan ? HTTP_CLIENT : null;
  }

  /** The name, such as {@code http.server.request.duration}. */
  public String metricName() {
    return metricName;
  }

  /** What a backend shows beside the name. */
  public String description() {
    return description;
  }

  /** The buckets. */
  public Bounds bounds() {
    return bounds;
  }

  /** The bucket boundaries that the conventions advise; for connections they advise none. */
  private static final class Advice {
    static final double[] HTTP_SECONDS = {
      0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10
    };
    static final double[] DATABASE_SECONDS = {0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10};
  }
}
