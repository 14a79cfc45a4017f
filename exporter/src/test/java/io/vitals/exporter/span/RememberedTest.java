/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered is what was kept for that pair, and no flood of others drives it out. */
class RememberedTest {
  private static final AttributeKey<String> TEXT = AttributeKey.stringKey("text");
  private static final AttributeKey<Long> NUMBER = AttributeKey.longKey("number");

  private final Remembered remembered = new Remembered();
  private final ProtoWriter out = new ProtoWriter();

  @Test
  void message_isTheOneKeptForThePair() {
    keep("/orders/*", "orders");
    keep(200, "ok");
    assertThat(remembered.message(TEXT, new String("/orders/*"))).asString().contains("orders");
    assertThat(remembered.message(NUMBER, 200)).asString().contains("ok");
    assertThat(remembered.message(TEXT, "/items/*")).isNull();
    assertThat(remembered.message(AttributeKey.stringKey("other"), "/orders/*")).isNull();
    assertThat(remembered.message(NUMBER, 404)).isNull();
  }

  @Test
  void noText_isNotTheNumberNought() {
    keep(0, "nought");
    assertThat(remembered.message(AttributeKey.stringKey("number"), "")).isNull();
    keep("", "empty");
    assertThat(remembered.message(TEXT, "")).asString().contains("empty");
    assertThat(remembered.message(NUMBER, 0)).asString().contains("nought");
  }

  @Test
  void whatIsInUse_outlivesAFloodOfOthers() {
    keep("/orders/*", "orders");
    for (int i = 0; i < 100_000; i++) {
      if (remembered.message(TEXT, "/" + i) == null) {
        keep("/" + i, "flood");
      }
      if (i % 100 == 0) {
        assertThat(remembered.message(TEXT, "/orders/*")).as("after %d", i).isNotNull();
      }
    }
  }

  @Test
  void twoThatShareAPlace_areBothKept() {
    for (int i = 0; i < 5_000; i++) {
      Remembered fresh = new Remembered();
      int misses = 0;
      for (String text : List.of("/a", "/" + i, "/" + i, "/a", "/" + i, "/" + i, "/a")) {
        if (fresh.message(TEXT, text) == null) {
          misses++;
          int mark = out.size();
          out.string(1, text);
          fresh.keep(TEXT, text, out, mark);
        }
      }
      out.clear();
      assertThat(misses).as("/a beside /%d", i).isEqualTo(2);
    }
  }

  @Test
  void unusedOnes_makeRoomForWhatComesTwice() {
    for (int i = 0; i < 10_000; i++) {
      keep("/" + i, "old");
    }
    keep("/new", "new");
    keep("/new", "new");
    assertThat(remembered.message(TEXT, "/new")).asString().contains("new");
  }

  @Test
  void longOnes_areNotKept() {
    char[] many = new char[600];
    Arrays.fill(many, 'x');
    String text = new String(many);
    keep(text, text);
    assertThat(remembered.message(TEXT, text)).isNull();
  }

  private void keep(String text, String message) {
    int mark = out.size();
    out.string(1, message);
    remembered.keep(TEXT, text, out, mark);
  }

  private void keep(long number, String message) {
    int mark = out.size();
    out.string(1, message);
    remembered.keep(NUMBER, number, out, mark);
  }
}
