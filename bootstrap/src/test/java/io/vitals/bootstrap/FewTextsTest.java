/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Holds that a shared text is always the one that was asked for. */
class FewTextsTest {
  @Test
  void sameBytes_giveTheSameObject() {
    byte[] bytes = latin1("xxshop.example.comyy");
    String first = FewTexts.of(bytes, 2, 16);
    assertThat(first).isEqualTo("shop.example.com");
    assertThat(FewTexts.of(latin1("shop.example.com"), 0, 16)).isSameAs(first);
  }

  @Test
  void textsOfOnePlace_areNotMistaken() {
    // Alike in length and in the four bytes that choose the place.
    byte[] one = latin1("agent-a/1.0 (x) z");
    byte[] other = latin1("agent-b/1.0 (x) z");
    for (int i = 0; i < 3; i++) {
      assertThat(FewTexts.of(one, 0, one.length)).isEqualTo("agent-a/1.0 (x) z");
      assertThat(FewTexts.of(other, 0, other.length)).isEqualTo("agent-b/1.0 (x) z");
    }
  }

  @Test
  void anyLengthAndByte_isKept() {
    for (int length = 0; length <= FewTexts.LONGEST + 1; length++) {
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) (i * 7 + length);
      }
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      assertThat(FewTexts.of(bytes, 0, length)).isEqualTo(text);
      assertThat(FewTexts.of(bytes, 0, length)).isEqualTo(text);
    }
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
