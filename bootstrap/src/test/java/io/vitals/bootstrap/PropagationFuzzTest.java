/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever a caller sends as trace headers gives a parent with ids, or none; never an error. */
class PropagationFuzzTest {
  private static final Propagation ALL =
      new Propagation(
          Propagation.Format.TRACE_CONTEXT,
          Propagation.Format.BAGGAGE,
          Propagation.Format.B3,
          Propagation.Format.B3_MULTI);

  /** Each line is the value of one header, in the order of the fields. */
  @FuzzTest(maxExecutions = 1_000_000, maxDuration = "10m")
  void headers_giveAParentOrNone(byte[] input) {
    String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", -1);
    CharSequence[] values = new CharSequence[ALL.fields.length];
    for (int i = 0; i < values.length && i < lines.length; i++) {
      values[i] = lines[i].isEmpty() ? null : lines[i];
    }
    ServerSpan span = new ServerSpan();

    boolean sampled = ALL.read(values, span);

    boolean remote = (span.bits & Span.REMOTE_PARENT) != 0;
    if (remote != ((span.traceIdHigh | span.traceIdLow) != 0 && span.parentSpanId != 0)) {
      assertThat(remote).as("has a parent exactly with ids").isEqualTo(!remote);
    }
    if (sampled && !remote) {
      assertThat(remote).as("is sampled only with a parent").isTrue();
    }
    for (int field = 0; field < ALL.fields.length; field++) {
      String value = ALL.value(field, Current.get(), span);
      if (value != null && value.length() > Propagation.LONGEST) {
        assertThat(value.length()).isLessThanOrEqualTo(Propagation.LONGEST);
      }
    }
  }
}
