/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.metric;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.vitals.exporter.aggregate.Metric;
import io.vitals.exporter.aggregate.Series;

/** Writes a series down as the attributes of the semantic conventions 1.44.0. */
public final class SeriesAttributes {
  static final AttributeKey<Boolean> OVERFLOW = AttributeKey.booleanKey("otel.metric.overflow");
  static final AttributeKey<Double> QUANTILE = AttributeKey.doubleKey("quantile");

  private static final AttributeKey<String> METHOD = text("http.request.method");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> ROUTE = text("http.route");
  private static final AttributeKey<String> SCHEME = text("url.scheme");
  private static final AttributeKey<String> PROTOCOL = text("network.protocol.version");
  private static final AttributeKey<String> ERROR = text("error.type");
  private static final AttributeKey<String> ADDRESS = text("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<String> SYSTEM = text("db.system.name");
  private static final AttributeKey<String> NAMESPACE = text("db.namespace");
  private static final AttributeKey<String> SUMMARY = text("db.query.summary");
  private static final AttributeKey<String> OPERATION = text("db.operation.name");
  private static final AttributeKey<String> COLLECTION = text("db.collection.name");
  private static final AttributeKey<String> POOL = text("db.client.connection.pool.name");

  private SeriesAttributes() {}

  private static AttributeKey<String> text(String name) {
    return AttributeKey.stringKey(name);
  }

  /** The attributes of a series, as they are exported. */
  public static Attributes of(Series series) {
    if (series.isOverflow()) {
      return Attributes.of(OVERFLOW, true);
    }
    if (series.metric().isOfPools()) {
      return Attributes.of(POOL, series.pool());
    }
    AttributesBuilder all = Attributes.builder();
    put(all, ERROR, series.errorType());
    if (series.metric() == Metric.DB_CLIENT) {
      put(all, SYSTEM, series.system());
      put(all, NAMESPACE, series.namespace());
      put(all, SUMMARY, series.summary());
      put(all, OPERATION, series.operation());
      put(all, COLLECTION, series.collection());
    } else {
      put(all, METHOD, series.method());
      put(all, PROTOCOL, protocol(series.protocol()));
      if (series.status() > 0) {
        all.put(STATUS, (long) series.status());
      }
    }
    if (series.metric() == Metric.HTTP_SERVER) {
      put(all, ROUTE, series.route());
      all.put(SCHEME, series.https() ? "https" : "http");
    } else {
      put(all, ADDRESS, series.address());
      if (series.port() > 0) {
        all.put(PORT, (long) series.port());
      }
    }
    return all.build();
  }

  private static void put(AttributesBuilder to, AttributeKey<String> key, String value) {
    if (value != null) {
      to.put(key, value);
    }
  }

  /** {@code 1.0}, {@code 1.1}, {@code 2}, {@code 3}, or null. */
  private static String protocol(int timesTen) {
    if (timesTen == 0) {
      return null;
    }
    return timesTen >= 20 && timesTen % 10 == 0
        ? Integer.toString(timesTen / 10)
        : timesTen / 10 + "." + timesTen % 10;
  }
}
