/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;

/** Gathers attributes as the SDK has them. */
final class SdkAttributes extends SpanAttributes {
  private final AttributesBuilder builder = Attributes.builder();

  SdkAttributes(SpanOptions options) {
    super(options);
  }

  @Override
  void add(AttributeKey<String> key, String value) {
    builder.put(key, value);
  }

  @Override
  void add(AttributeKey<Long> key, long value) {
    builder.put(key, value);
  }

  @Override
  void add(AttributeKey<List<String>> key, List<String> values) {
    builder.put(key, values);
  }

  Attributes build() {
    return builder.build();
  }
}
