/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Every text is an expression or gives a fault with a place in it. */
class ExpressionFuzzTest {
  @FuzzTest(maxExecutions = 1_000_000, maxDuration = "10m")
  void text_givesAnExpressionOrALocatedFault(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      Expression read = Expression.parse(text);
      new Measures(Arrays.asList(read));
      if (!read.isCondition()) {
        assertThat(read.isCondition()).isTrue();
      }
    } catch (ExpressionFault fault) {
      if (fault.offset() < 0 || fault.offset() > text.length() || fault.found().isEmpty()) {
        assertThat(fault).as("a fault without its place").isNull();
      }
    }
  }
}
