/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Whatever a peer sends is a response within its bounds, or an error of input. */
class ResponseReaderFuzzTest {
  private static final int LONGEST_BODY = 1000;

  @FuzzTest(maxExecutions = 1_000_000, maxDuration = "10m")
  void bytes_areAResponseOrAnError(byte[] input) {
    ByteBuffer sent = ByteBuffer.wrap(input);
    ResponseReader reader = new ResponseReader((into, deadline) -> next(sent, into), LONGEST_BODY);
    reader.begin(0);
    try {
      PlainResponse response = reader.read();

      assertThat(response.getStatusCode()).isBetween(200, 999);
      assertThat(response.getResponseBody()).hasSizeLessThanOrEqualTo(LONGEST_BODY);
      assertThat(response.getStatusMessage()).doesNotContain("\n");
    } catch (IOException refused) {
      assertThat(refused).hasMessageMatching("[\\s\\S]+");
    }
  }

  private static int next(ByteBuffer from, ByteBuffer into) {
    if (!from.hasRemaining()) {
      return -1;
    }
    int count = Math.min(from.remaining(), into.remaining());
    for (int i = 0; i < count; i++) {
      into.put(from.get());
    }
    return count;
  }
}
