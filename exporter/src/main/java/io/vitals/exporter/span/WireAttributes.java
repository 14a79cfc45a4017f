/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.opentelemetry.api.common.Attributes;
import java.util.List;

/**
 * Writes attributes as OTLP's {@code KeyValue} messages (opentelemetry/proto/common/v1), which is
 * the same for spans, events and resources but for the number of the field.
 */
final class WireAttributes {
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int STRING = 1;
  private static final int BOOL = 2;
  private static final int INT = 3;
  private static final int DOUBLE = 4;
  private static final int ARRAY = 5;
  private static final int ELEMENT = 1;

  private final Remembered remembered = new Remembered();
  private final int field;

  /** For what has its attributes in that field. */
  WireAttributes(int field) {
    this.field = field;
  }

  /** Writes what a span or an event has. */
  void write(SpanAttributes attributes, ProtoWriter out) {
    write(attributes.own(), out);
    AttributeList common = attributes.common();
    byte[] known = remembered.message(common);
    if (known == null) {
      int mark = out.size();
      write(common, out);
      remembered.keep(common, out, mark);
    } else {
      out.raw(known);
    }
  }

  private void write(AttributeList attributes, ProtoWriter out) {
    for (int i = 0, size = attributes.size(); i < size; i++) {
      int mark = out.size();
      Object value = attributes.value(i);
      if (value == null) {
        out.varint(INT, attributes.number(i));
      } else {
        any(out, value);
      }
      out.message(VALUE, mark);
      out.bytes(KEY, attributes.key(i).utf8);
      out.message(field, mark);
    }
  }

  /** Writes attributes of any type, as resources have them. */
  static void all(Attributes attributes, ProtoWriter out, int field) {
    attributes.forEach(
        (key, value) -> {
          int mark = out.size();
          any(out, value);
          out.message(VALUE, mark);
          out.string(KEY, key.getKey());
          out.message(field, mark);
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
}
