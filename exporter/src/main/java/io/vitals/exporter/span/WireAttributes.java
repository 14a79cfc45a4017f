/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.List;

/**
 * Writes attributes as OTLP's {@code KeyValue} messages (opentelemetry/proto/common/v1), which is
 * the same for spans, events and resources but for the number of the field.
 */
final class WireAttributes extends SpanAttributes {
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int STRING = 1;
  private static final int BOOL = 2;
  private static final int INT = 3;
  private static final int DOUBLE = 4;
  private static final int ARRAY = 5;
  private static final int ELEMENT = 1;

  private final ProtoWriter out;
  private final int field;
  private final Remembered remembered;

  WireAttributes(SpanOptions options, ProtoWriter out, int field, Remembered remembered) {
    super(options);
    this.out = out;
    this.field = field;
    this.remembered = remembered;
  }

  @Override
  void add(AttributeKey<String> key, String value) {
    int mark = out.size();
    out.string(STRING, value);
    end(out, mark, key.getKey(), field);
  }

  @Override
  void add(AttributeKey<Long> key, long value) {
    int mark = out.size();
    out.varint(INT, value);
    end(out, mark, key.getKey(), field);
  }

  @Override
  void add(AttributeKey<List<String>> key, List<String> values) {
    int mark = out.size();
    array(out, values);
    end(out, mark, key.getKey(), field);
  }

  @Override
  void addCommon(AttributeKey<String> key, String value) {
    int mark = out.size();
    byte[] known = remembered.message(key, value);
    if (known == null) {
      out.string(STRING, value);
      keyed(out, mark, key.getKey());
      remembered.keep(key, value, out, mark);
    } else {
      out.raw(known);
    }
    out.message(field, mark);
  }

  @Override
  void addCommon(AttributeKey<Long> key, long value) {
    int mark = out.size();
    byte[] known = remembered.message(key, value);
    if (known == null) {
      out.varint(INT, value);
      keyed(out, mark, key.getKey());
      remembered.keep(key, value, out, mark);
    } else {
      out.raw(known);
    }
    out.message(field, mark);
  }

  /** Writes attributes of any type, as resources have them. */
  static void all(Attributes attributes, ProtoWriter out, int field) {
    attributes.forEach(
        (key, value) -> {
          int mark = out.size();
          any(out, value);
          end(out, mark, key.getKey(), field);
        });
  }

  private static void any(ProtoWriter out, Object value) {
    if (value instanceof Long) {
      out.varint(INT, (Long) value);
    } else if (value instanceof Boolean) {
      out.varint(BOOL, (Boolean) value ? 1 : 0);
    } else if (value instanceof Double) {
      out.fixed64(DOUBLE, Double.doubleToRawLongBits((Double) value));
    } else if (value instanceof List) {
      array(out, (List<?>) value);
    } else {
      out.string(STRING, String.valueOf(value));
    }
  }

  private static void array(ProtoWriter out, List<?> values) {
    int mark = out.size();
    for (int i = values.size() - 1; i >= 0; i--) {
      int element = out.size();
      any(out, values.get(i));
      out.message(ELEMENT, element);
    }
    out.message(ARRAY, mark);
  }

  /** Puts the key before the value written since {@code mark}. */
  private static void end(ProtoWriter out, int mark, String key, int field) {
    keyed(out, mark, key);
    out.message(field, mark);
  }

  private static void keyed(ProtoWriter out, int mark, String key) {
    out.message(VALUE, mark);
    out.string(KEY, key);
  }
}
