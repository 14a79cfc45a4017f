/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is encoded once is found again, and nothing else; a flood neither grows nor empties it. */
class RememberedTest {
  private static final Key<String> TEXT = Key.text("text");
  private static final Key<String> OTHER = Key.text("other");
  private static final Key<Long> NUMBER = Key.number("number");

  private final Remembered remembered = new Remembered();
  private final ProtoWriter out = new ProtoWriter();

  @Test
  void message_isTheOneKeptForTheSameAttributes() {
    keep(both("/orders/*", 200), "orders");
    keep(both("/orders/*", 404), "no order");
    assertThat(remembered.message(both(new String("/orders/*"), 200)))
        .asString()
        .contains("orders");
    assertThat(remembered.message(both("/orders/*", 404))).asString().contains("no order");
    assertThat(remembered.message(both("/orders/*", 500))).isNull();
    assertThat(remembered.message(both("/items/*", 200))).isNull();
    assertThat(remembered.message(text(TEXT, "/orders/*"))).isNull();
  }

  @Test
  void anotherKey_isAnotherAttribute() {
    keep(text(TEXT, "/orders/*"), "orders");
    assertThat(remembered.message(text(OTHER, "/orders/*"))).isNull();
  }

  @Test
  void noText_isNotTheNumberNought() {
    AttributeList nought = new AttributeList(1);
    nought.add(NUMBER, null, 0);
    keep(nought, "nought");
    assertThat(remembered.message(text(TEXT, ""))).isNull();
    keep(text(TEXT, ""), "empty");
    assertThat(remembered.message(text(TEXT, ""))).asString().contains("empty");
    assertThat(remembered.message(nought)).asString().contains("nought");
  }

  @Test
  void whatIsKept_doesNotChangeWithTheListThatIsRefilled() {
    AttributeList scratch = text(TEXT, "/orders/*");
    keep(scratch, "orders");
    scratch.clear();
    scratch.add(TEXT, "/items/*", 0);
    assertThat(remembered.message(text(TEXT, "/orders/*"))).asString().contains("orders");
    assertThat(remembered.message(scratch)).isNull();
  }

  @Test
  void whatIsInUse_outlivesAFloodOfOthers() {
    keep(text(TEXT, "/orders/*"), "orders");
    for (int i = 0; i < 100_000; i++) {
      AttributeList flood = text(TEXT, "/" + i);
      if (remembered.message(flood) == null) {
        keep(flood, "flood");
      }
      if (i % 100 == 0) {
        assertThat(remembered.message(text(TEXT, "/orders/*"))).as("after %d", i).isNotNull();
      }
    }
  }

  @Test
  void twoThatShareAPlace_areBothKept() {
    for (int i = 0; i < 5_000; i++) {
      Remembered fresh = new Remembered();
      int misses = 0;
      for (String text : List.of("/a", "/" + i, "/" + i, "/a", "/" + i, "/" + i, "/a")) {
        if (fresh.message(text(TEXT, text)) == null) {
          misses++;
          int mark = out.size();
          out.string(1, text);
          fresh.keep(text(TEXT, text), out, mark);
        }
      }
      out.clear();
      assertThat(misses).as("/a beside /%d", i).isEqualTo(2);
    }
  }

  @Test
  void unusedOnes_makeRoomForWhatComesTwice() {
    for (int i = 0; i < 10_000; i++) {
      keep(text(TEXT, "/" + i), "old");
    }
    keep(text(TEXT, "/new"), "new");
    keep(text(TEXT, "/new"), "new");
    assertThat(remembered.message(text(TEXT, "/new"))).asString().contains("new");
  }

  @Test
  void longOnes_areNotKept() {
    char[] many = new char[1200];
    Arrays.fill(many, 'x');
    AttributeList large = text(TEXT, new String(many));
    keep(large, new String(many));
    assertThat(remembered.message(large)).isNull();
  }

  @Test
  void aListGrows() {
    AttributeList list = new AttributeList(1);
    for (int i = 0; i < 100; i++) {
      list.add(NUMBER, null, i);
    }
    assertThat(list.size()).isEqualTo(100);
    assertThat(list.number(99)).isEqualTo(99);
    assertThat(list.same(list.copy())).isTrue();
  }

  private static AttributeList text(Key<String> key, String text) {
    AttributeList list = new AttributeList(1);
    list.add(key, text, 0);
    return list;
  }

  private static AttributeList both(String text, long number) {
    AttributeList list = text(TEXT, text);
    list.add(NUMBER, null, number);
    return list;
  }

  private void keep(AttributeList attributes, String message) {
    int mark = out.size();
    out.string(1, message);
    remembered.keep(attributes, out, mark);
  }
}
