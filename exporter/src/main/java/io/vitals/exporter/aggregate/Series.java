/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

/**
 * One combination of attribute values of a metric; immutable but for the running durations, which
 * belong to the holder of the drain lock.
 */
public final class Series {
  /** The running durations. */
  final Latency latency;

  /** Whether anything came since the table was last tidied. */
  boolean used;

  private final Metric metric;
  private final SeriesKey key;

  Series(Metric metric, SeriesKey key, Latency latency) {
    this.metric = metric;
    this.key = key;
    this.latency = latency;
  }

  SeriesKey key() {
    return key;
  }

  /** The metric. */
  public Metric metric() {
    return metric;
  }

  /** Whether this takes what is beyond the limit, and so has no attribute but that. */
  public boolean isOverflow() {
    return key == null;
  }

  /** {@code http.request.method}; null for databases. */
  public String method() {
    return key.method;
  }

  /** {@code http.route} of a server, or null. */
  public String route() {
    return metric == Metric.HTTP_SERVER ? key.route : null;
  }

  /** {@code server.address} of a client or database, or null. */
  public String address() {
    return metric == Metric.HTTP_SERVER || metric.isOfPools() ? null : key.route;
  }

  /** {@code db.client.connection.pool.name}; null for what is not of pools. */
  public String pool() {
    return metric.isOfPools() ? key.route : null;
  }

  /** {@code server.port}, or 0. */
  public int port() {
    return key.port;
  }

  /** {@code error.type}, or null. */
  public String errorType() {
    return key.errorType;
  }

  /** {@code http.response.status_code}, or 0. */
  public int status() {
    return key.status;
  }

  /** {@code network.protocol.version} times ten, or 0. */
  public int protocol() {
    return key.protocol;
  }

  /** Whether {@code url.scheme} is https. */
  public boolean https() {
    return key.https;
  }

  /** {@code db.system.name}; null for HTTP. */
  public String system() {
    return metric == Metric.DB_CLIENT ? key.method : null;
  }

  /** {@code db.namespace}, or null. */
  public String namespace() {
    return key.namespace;
  }

  /** {@code db.query.summary}, or null. */
  public String summary() {
    return key.summary;
  }

  /** {@code db.operation.name}, or null. */
  public String operation() {
    return key.operation;
  }

  /** {@code db.collection.name}, or null. */
  public String collection() {
    return key.collection;
  }

  /** Whether both have the same attributes: a series may be forgotten and made anew. */
  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof Series) || metric != ((Series) other).metric) {
      return false;
    }
    SeriesKey otherKey = ((Series) other).key;
    return key == null || otherKey == null ? key == otherKey : key.same(otherKey);
  }

  @Override
  public int hashCode() {
    return metric.ordinal() + 31 * (key == null ? 0 : key.hash);
  }
}
