/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/**
 * The identity of an alert over time: 64-bit FNV-1a over labels sorted by name, as Prometheus and
 * Alertmanager compute it.
 */
final class Fingerprint {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  /** Stands after every name and value: no UTF-8 text contains it. */
  private static final byte SEPARATOR = (byte) 255;

  private Fingerprint() {}

  /** The fingerprint of labels, 16 hex digits. */
  static String of(SortedMap<String, String> labels) {
    long hash = OFFSET;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      hash = add(add(hash, label.getKey()), label.getValue());
    }
    return hex(hash);
  }

  /** A short text that changes when this one does. */
  static String of(String text) {
    return hex(add(OFFSET, text));
  }

  private static String hex(long hash) {
    String hex = Long.toHexString(hash);
    return "0000000000000000".substring(hex.length()) + hex;
  }

  private static long add(long hash, String text) {
    long sum = hash;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      sum = (sum ^ each & 0xff) * PRIME;
    }
    return (sum ^ SEPARATOR & 0xff) * PRIME;
  }
}
