/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.opentelemetry.api.common.AttributeKey;
import java.util.ArrayList;
import java.util.List;

/** Takes the attributes of one span or event within the limits of the configuration. */
abstract class SpanAttributes {
  private final int most;
  private final int longest;
  private int total;

  SpanAttributes(SpanOptions options) {
    this.most = options.mostAttributes;
    this.longest = options.longestValue;
  }

  /** Puts text unless it is null. */
  final void put(AttributeKey<String> key, String value) {
    if (value != null && room()) {
      add(key, cut(value));
    }
  }

  final void put(AttributeKey<Long> key, long value) {
    if (room()) {
      add(key, value);
    }
  }

  /** Puts text of which there are few, such as a route, unless it is null. */
  final void putCommon(AttributeKey<String> key, String value) {
    if (value != null && room()) {
      addCommon(key, cut(value));
    }
  }

  /** Puts a number of which there are few, such as a status. */
  final void putCommon(AttributeKey<Long> key, long value) {
    if (room()) {
      addCommon(key, value);
    }
  }

  final void put(AttributeKey<List<String>> key, List<String> values) {
    if (room()) {
      List<String> cut = new ArrayList<>(values.size());
      for (String value : values) {
        cut.add(cut(value));
      }
      add(key, cut);
    }
  }

  private boolean room() {
    return total++ < most;
  }

  private String cut(String value) {
    return value.length() > longest ? value.substring(0, longest) : value;
  }

  abstract void add(AttributeKey<String> key, String value);

  abstract void add(AttributeKey<Long> key, long value);

  abstract void add(AttributeKey<List<String>> key, List<String> values);

  /** The same as {@link #add(AttributeKey, String)} for a value that is likely to come again. */
  void addCommon(AttributeKey<String> key, String value) {
    add(key, value);
  }

  /** The same as {@link #add(AttributeKey, long)} for a value that is likely to come again. */
  void addCommon(AttributeKey<Long> key, long value) {
    add(key, value);
  }

  /** How many there would be without the limit. */
  final int total() {
    return total;
  }

  /** How many the limit has left out. */
  final int dropped() {
    return Math.max(0, total - most);
  }

  /** Begins anew, for the next span or event. */
  final void clear() {
    total = 0;
  }
}
