/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ids as text, held to what the JDK writes. */
class HexTest {
  @Test
  void digits_areThoseOfTheJdk() {
    assertThat(Hex.spanId(0x0123456789abcdefL)).isEqualTo("0123456789abcdef");
    assertThat(Hex.spanId(-1)).isEqualTo("ffffffffffffffff");
    assertThat(Hex.spanId(0)).isEqualTo("0000000000000000");
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      long high = random.nextLong();
      long low = random.nextLong();
      assertThat(Hex.traceId(high, low)).isEqualTo(String.format("%016x%016x", high, low));
    }
  }

  @Test
  void whatIsWritten_isRead() {
    String text = Hex.traceId(0x0af7651916cd43ddL, 0x8448eb211c80319cL);
    assertThat(Hex.isHex(text, 0, 32)).isTrue();
    assertThat(Hex.read(text, 0, 16)).isEqualTo(0x0af7651916cd43ddL);
    assertThat(Hex.read(text, 16, 16)).isEqualTo(0x8448eb211c80319cL);
    assertThat(Hex.isHex("0AF7", 0, 4)).isFalse();
  }
}
