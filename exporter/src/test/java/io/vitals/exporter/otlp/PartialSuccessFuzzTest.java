/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a backend answers with says how much it refused, if anything. */
class PartialSuccessFuzzTest {
  @FuzzTest(maxExecutions = 1_000_000, maxDuration = "10m")
  void answer_isReadWithoutAnError(byte[] input) {
    PartialSuccess read = PartialSuccess.read(input);

    if (read.message == null || read.message.indexOf('\n') >= 0) {
      assertThat(read.message).isNotNull().doesNotContain("\n");
    }
  }
}
