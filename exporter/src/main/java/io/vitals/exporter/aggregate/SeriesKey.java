/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import java.util.Objects;

/**
 * What tells the series of one metric apart; one scratch key is refilled for every look-up.
 *
 * <p>The seven texts and four numbers mean what {@link Series} says; a text that is not known is
 * null, a number 0. Confined to the holder of the drain lock. Nothing is allocated.
 */
final class SeriesKey {
  /** Values of attributes; a longer text belongs to no series of its own (see {@link #fits}). */
  static final int LONGEST_TEXT = 256;

  String method;
  String route;
  String errorType;
  String namespace;
  String summary;
  String operation;
  String collection;
  int status;
  int protocol;
  int port;
  boolean https;
  int hash;

  /** Forgets everything. */
  void clear() {
    method = null;
    route = null;
    errorType = null;
    namespace = null;
    summary = null;
    operation = null;
    collection = null;
    status = 0;
    protocol = 0;
    port = 0;
    https = false;
  }

  /** Computes the hash when all fields are set. */
  void seal() {
    int h = hash(method);
    h = 31 * h + hash(route);
    h = 31 * h + hash(errorType);
    h = 31 * h + hash(namespace);
    h = 31 * h + hash(summary);
    h = 31 * h + hash(operation);
    h = 31 * h + hash(collection);
    h = 31 * h + status;
    h = 31 * h + protocol;
    h = 31 * h + port + (https ? 1 << 20 : 0);
    h *= 0x9e3779b9;
    hash = h ^ h >>> 16;
  }

  private static int hash(String text) {
    return text == null ? 0 : text.hashCode();
  }

  /** Whether no text is so long that 2,000 series of such texts would take megabytes. */
  boolean fits() {
    return fits(method)
        && fits(route)
        && fits(errorType)
        && fits(namespace)
        && fits(summary)
        && fits(operation)
        && fits(collection);
  }

  private static boolean fits(String text) {
    return text == null || text.length() <= LONGEST_TEXT;
  }

  SeriesKey copy() {
    SeriesKey copy = new SeriesKey();
    copy.method = method;
    copy.route = route;
    copy.errorType = errorType;
    copy.namespace = namespace;
    copy.summary = summary;
    copy.operation = operation;
    copy.collection = collection;
    copy.status = status;
    copy.protocol = protocol;
    copy.port = port;
    copy.https = https;
    copy.hash = hash;
    return copy;
  }

  /** Whether both mean the same series. */
  boolean same(SeriesKey other) {
    return hash == other.hash
        && status == other.status
        && protocol == other.protocol
        && port == other.port
        && https == other.https
        && Objects.equals(method, other.method)
        && Objects.equals(route, other.route)
        && Objects.equals(errorType, other.errorType)
        && Objects.equals(namespace, other.namespace)
        && Objects.equals(summary, other.summary)
        && Objects.equals(operation, other.operation)
        && Objects.equals(collection, other.collection);
  }
}
