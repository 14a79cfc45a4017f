/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.opentelemetry.api.common.AttributeKey;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The key of an attribute, as the SDK takes it and as it is written.
 *
 * @param <T> the type of its values
 */
final class Key<T> {
  final AttributeKey<T> ofSdk;
  final byte[] utf8;

  private Key(AttributeKey<T> ofSdk) {
    this.ofSdk = ofSdk;
    this.utf8 = ofSdk.getKey().getBytes(StandardCharsets.UTF_8);
  }

  static Key<String> text(String name) {
    return new Key<>(AttributeKey.stringKey(name));
  }

  static Key<Long> number(String name) {
    return new Key<>(AttributeKey.longKey(name));
  }

  static Key<List<String>> texts(String name) {
    return new Key<>(AttributeKey.stringArrayKey(name));
  }
}
