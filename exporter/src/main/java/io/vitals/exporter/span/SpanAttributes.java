/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.List;

/** Gathers the attributes of one span or event within the limits of the configuration. */
final class SpanAttributes {
  private final AttributesBuilder builder = Attributes.builder();
  private final int most;
  private final int longest;
  private int total;

  SpanAttributes(SpanOptions options) {
    this.most = options.mostAttributes;
    this.longest = options.longestValue;
  }

  /** Puts text unless it is null. */
  void put(AttributeKey<String> key, String value) {
    if (value != null && room()) {
      builder.put(key, cut(value));
    }
  }

  void put(AttributeKey<Long> key, long value) {
    if (room()) {
      builder.put(key, value);
    }
  }

  void put(AttributeKey<List<String>> key, List<String> values) {
    if (room()) {
      List<String> cut = new ArrayList<>(values.size());
      for (String value : values) {
        cut.add(cut(value));
      }
      builder.put(key, cut);
    }
  }

  private boolean room() {
    return total++ < most;
  }

  private String cut(String value) {
    return value.length() > longest ? value.substring(0, longest) : value;
  }

  Attributes build() {
    return builder.build();
  }

  /** How many there would be without the limit. */
  int total() {
    return total;
  }
}
