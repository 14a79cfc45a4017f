/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of a request are written as bytes where that is what the JDK would write. */
class ConnectionCallTest {
  private static final String FIRST = "GET /items/17 HTTP/1.1";

  @Test
  void lines_areThoseOfTheWire() {
    assertThat(ConnectionCall.lines(FIRST, "traceparent", "00-1-2-01"))
        .isEqualTo((FIRST + "\r\ntraceparent: 00-1-2-01\r\n").getBytes(US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /caf\u00e9 HTTP/1.1", "a\r\nb: c", "\u560d\u560a", "a\tb", "\u007f"})
  void whatIsNotPlain_isLeftToTheJdk(String text) {
    assertThat(ConnectionCall.lines(text, "traceparent", "00")).isNull();
    assertThat(ConnectionCall.lines(FIRST, text, "00")).isNull();
    assertThat(ConnectionCall.lines(FIRST, "traceparent", text)).isNull();
  }

  @Test
  void whatIsMissing_isLeftToTheJdk() {
    assertThat(ConnectionCall.lines(null, "traceparent", "00")).isNull();
    assertThat(ConnectionCall.lines(FIRST, "traceparent", null)).isNull();
  }
}
