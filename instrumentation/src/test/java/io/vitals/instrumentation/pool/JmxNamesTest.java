/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The name that somebody gave a pool is found in its JMX name. */
class JmxNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "io.example:name=orders | orders",
        "io.example:type=pool,name=orders | orders",
        "io.example:name=orders,type=pool | orders",
        "io.example:surname=miller,name=orders | orders",
        "io.example:surname=miller | io.example:surname=miller",
        "name=orders:type=pool | name=orders:type=pool",
        "nonsense | nonsense"
      })
  void name_isFound(String jmxName, String name) {
    assertThat(JmxNames.name(jmxName)).isEqualTo(name);
  }
}
