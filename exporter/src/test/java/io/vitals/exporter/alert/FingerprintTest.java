/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The fingerprints are those that Prometheus computes for the same labels. */
class FingerprintTest {
  @Test
  void labels_haveTheSignatureOfPrometheus() {
    assertThat(Fingerprint.of(new TreeMap<>()))
        .isEqualTo(Long.toHexString(Long.parseUnsignedLong("14695981039346656037")));
    assertThat(
            Fingerprint.of(
                new TreeMap<>(Map.of("name", "garland, briggs", "fear", "love is not enough"))))
        .isEqualTo(Long.toHexString(Long.parseUnsignedLong("5799056148416392346")));
  }

  @Test
  void fingerprint_alwaysHasSixteenDigits() {
    for (int i = 0; i < 1000; i++) {
      assertThat(Fingerprint.of("rule " + i)).matches("[0-9a-f]{16}");
    }
  }
}
