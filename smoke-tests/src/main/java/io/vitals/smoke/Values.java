/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns OTLP's attributes into maps of plain values. */
final class Values {
  private Values() {}

  static Map<String, Object> of(List<KeyValue> attributes) {
    Map<String, Object> values = new TreeMap<>();
    for (KeyValue attribute : attributes) {
      if (values.put(attribute.getKey(), of(attribute.getValue())) != null) {
        throw new IllegalArgumentException("attribute twice: " + attribute.getKey());
      }
    }
    return values;
  }

  static Object of(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case ARRAY_VALUE -> value.getArrayValue().getValuesList().stream().map(Values::of).toList();
      case KVLIST_VALUE -> of(value.getKvlistValue().getValuesList());
      case BYTES_VALUE -> value.getBytesValue().toString();
      default -> "";
    };
  }
}
