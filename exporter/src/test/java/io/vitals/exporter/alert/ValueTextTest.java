/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How people read what a rule has measured. */
class ValueTextTest {
  @ParameterizedTest
  @CsvSource({
    "0.5123, s, 512 ms",
    "0.0000512, s, 51.2 us",
    "61.5, s, 61.5 s",
    "0, s, 0 s",
    "0.105, %, 10.5 %",
    "1, %, 100 %",
    "3, 1, 3",
    "1536, By, 1.5 KiB",
    "1073741824, By, 1 GiB",
    "12.25, 1/s, 12.3/s",
    "3, {thread}, 3",
    "1234.5, {request}, 1235",
    "NaN, s, NaN",
  })
  void value_hasItsUnit(double value, String unit, String text) {
    assertThat(ValueText.of(value, unit)).isEqualTo(text);
  }
}
