/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers the attributes of one span or event within the limits of the configuration.
 *
 * <p>Putting only notes what was put, and {@link WireAttributes} or {@link #build} make something
 * of it in one place: some forty put attributes, and the JVM would compile into each of them what
 * is done with one. Not thread-safe; used again for the next span after {@link #clear}.
 */
final class SpanAttributes {
  /** A server's span has seven of each kind. */
  private static final int FIRST_CAPACITY = 12;

  private final int most;
  private final int longest;
  private final AttributeList common = new AttributeList(FIRST_CAPACITY);
  private final AttributeList own = new AttributeList(FIRST_CAPACITY);
  private int total;

  SpanAttributes(SpanOptions options) {
    this.most = options.mostAttributes;
    this.longest = options.longestValue;
  }

  /** Puts text unless it is null. */
  void put(Key<String> key, String value) {
    if (value != null && room()) {
      own.add(key, cut(value), 0);
    }
  }

  void put(Key<Long> key, long value) {
    if (room()) {
      own.add(key, null, value);
    }
  }

  void put(Key<List<String>> key, List<String> values) {
    if (room()) {
      List<String> cut = new ArrayList<>(values.size());
      for (String value : values) {
        cut.add(cut(value));
      }
      own.add(key, cut, 0);
    }
  }

  /** Puts text that many spans share, such as a route, unless it is null. */
  void putCommon(Key<String> key, String value) {
    if (value != null && room()) {
      common.add(key, cut(value), 0);
    }
  }

  /** Puts a number that many spans share, such as a status. */
  void putCommon(Key<Long> key, long value) {
    if (room()) {
      common.add(key, null, value);
    }
  }

  private boolean room() {
    return total++ < most;
  }

  private String cut(String value) {
    return value.length() > longest ? value.substring(0, longest) : value;
  }

  /** Those that many spans share. */
  AttributeList common() {
    return common;
  }

  /** Those that are likely to be the span's alone. */
  AttributeList own() {
    return own;
  }

  /** How many there would be without the limit, of both kinds. */
  int total() {
    return total;
  }

  /** How many the limit has left out. */
  int dropped() {
    return Math.max(0, total - most);
  }

  /** Begins anew, for the next span or event. */
  void clear() {
    common.clear();
    own.clear();
    total = 0;
  }

  /** What the SDK takes. */
  Attributes build() {
    AttributesBuilder builder = Attributes.builder();
    put(common, builder);
    put(own, builder);
    return builder.build();
  }

  @SuppressWarnings("unchecked")
  private static void put(AttributeList attributes, AttributesBuilder to) {
    for (int i = 0; i < attributes.size(); i++) {
      Object value = attributes.value(i);
      to.put(
          ((Key<Object>) attributes.key(i)).ofSdk,
          value == null ? (Object) attributes.number(i) : value);
    }
  }
}
