/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of routes are made once, with one slash between their parts. */
class RouteTextsTest {
  private final RouteTexts rest = new RouteTexts(false);
  private final RouteTexts others = new RouteTexts(true);

  @ParameterizedTest
  @CsvSource({
    "/shop, /orders, /shop/orders, /shop/orders",
    "/shop/, orders, /shop/orders, /shop/orders",
    "/shop/, /orders/, /shop/orders, /shop/orders/",
    "'', orders, /orders, /orders",
    "/, /orders, /orders, /orders",
    "/shop/, /, /shop, /shop/",
    "/shop, '', /shop, /shop/",
    "'', '', '', /"
  })
  void join_hasOneSlashBetween(String left, String right, String ofRest, String ofOthers) {
    assertThat(rest.join(left, right)).isEqualTo(ofRest);
    assertThat(others.join(left, right)).isEqualTo(ofOthers);
  }

  @Test
  void join_givesTheSameTextAgain() {
    String text = rest.join("/shop", "{id}");
    assertThat(rest.join("/sho".concat("p"), "{i".concat("d}"))).isSameAs(text);
  }

  @Test
  void join_allocatesNothingForAKeptText() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    join(10_000);
    long before = threads.getThreadAllocatedBytes(id);
    join(10_000);
    assertThat(threads.getThreadAllocatedBytes(id) - before)
        .as("bytes for 30,000 parts")
        .isLessThan(1_000);
  }

  private void join(int times) {
    for (int i = 0; i < times; i++) {
      rest.join(rest.join(rest.join("/shop/rest", "orders"), "{id: [0-9]+}"), "/items/");
    }
  }

  @Test
  void moreThanHaveRoom_areRightAllTheSame() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 10_000; i++) {
        assertThat(rest.join("/shop" + i % 7, "orders" + i))
            .isEqualTo("/shop" + i % 7 + "/orders" + i);
      }
    }
  }
}
