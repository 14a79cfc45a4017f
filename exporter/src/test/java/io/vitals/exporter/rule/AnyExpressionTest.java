/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is written gives an expression or a fault with a place, and soon. */
class AnyExpressionTest {
  private static final int TEXTS = 200_000;

  private static final List<String> VALID =
      Arrays.asList(
          "p99(http.server{http.route=\"/checkout\"}[1m] offset 1h) by (http.route) > 500ms",
          "sum(jvm.gc.duration[1m]) / 1m > 20% and count(http.client) > 3",
          "anomaly(avg(http.server[5m]) by (http.route), 3.5) unless absent(db.client[15m])",
          "(jvm.memory.used{jvm.memory.type=~'he.p'} - 10MiB) / jvm.memory.limit >= 90%",
          "-rate(http.server min_count 5) * 2 < -10/s or error_rate(http.client) != 0",
          "slow_rate(http.server, 300ms) + quantile(0.5, db.client) / 1h30m == 1e-3");

  private static final String[] PIECES = {
    "p99",
    "p",
    "quantile",
    "avg",
    "max",
    "sum",
    "rate",
    "error_rate",
    "slow_rate",
    "absent",
    "anomaly",
    "increase",
    "logs",
    "http.server",
    "http.client",
    "db.client",
    "jvm.memory.used",
    "jvm.gc.duration",
    "vitals.agent.dropped",
    "jvm.cpu.recent_utilization",
    "http.route",
    "error.type",
    "by",
    "offset",
    "min_count",
    "and",
    "or",
    "unless",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ",",
    "+",
    "-",
    "*",
    "/",
    ">",
    "<",
    ">=",
    "<=",
    "==",
    "!=",
    "=",
    "=~",
    "!~",
    "5m",
    "500ms",
    "1h",
    "5%",
    "512MiB",
    "10/s",
    "0",
    "1",
    "4",
    "1e18",
    "\"/a\"",
    "\"(a+)+\"",
    "'x{9}'",
    "\"",
    "#",
    "\n",
    "\\",
    "\u00e4",
    "\ud83d\ude00",
    "\u0000",
    " "
  };

  @Test
  void anyText_givesAnExpressionOrALocatedFault() {
    Random random = new Random(11);
    List<String> slow = new ArrayList<>();
    int read = 0;
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long began = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < TEXTS; i++) {
      String text = i % 2 == 0 ? soup(random) : mutated(random);
      long start = threads.getCurrentThreadCpuTime();
      read += isRead(text, i % 4 < 2) ? 1 : 0;
      if (threads.getCurrentThreadCpuTime() - start > 1_000_000_000L) {
        slow.add(text);
      }
    }

    assertThat(slow).as("texts that took more than 1 s").isEmpty();
    assertThat(read).as("texts that are expressions").isGreaterThan(TEXTS / 100);
    assertThat(threads.getCurrentThreadCpuTime() - began)
        .as("nanoseconds in all")
        .isLessThan(60_000_000_000L);
  }

  private static boolean isRead(String text, boolean asCondition) {
    try {
      Expression read = asCondition ? Expression.parse(text) : Expression.parseValue(text);
      // What was read can be bound, and means what it is written as.
      new Measures(Arrays.asList(read));
      assertThat(read.isCondition()).isEqualTo(asCondition);
      return true;
    } catch (ExpressionFault fault) {
      assertThat(fault.offset()).as(text).isBetween(0, text.length());
      assertThat(fault.found()).isNotEmpty();
      assertThat(fault.expected()).isNotEmpty();
      assertThat(fault.getMessage().length()).isLessThan(2_000);
      return false;
    } catch (Throwable other) {
      throw new AssertionError("for the text " + text, other);
    }
  }

  private static String soup(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
      if (random.nextInt(3) == 0) {
        text.append(' ');
      }
    }
    return text.toString();
  }

  /** A valid expression with some pieces inserted, removed, doubled or changed. */
  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder(VALID.get(random.nextInt(VALID.size())));
    for (int i = random.nextInt(2); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + 1 + random.nextInt(6));
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 1 -> text.delete(at, end);
        case 2 -> text.insert(at, text.substring(at, end).repeat(1 + random.nextInt(100)));
        default -> text.replace(at, end, String.valueOf((char) random.nextInt(128)));
      }
    }
    return text.toString();
  }

  @Test
  void catastrophicPattern_endsAndDoesNotMatch() throws Exception {
    Scene scene =
        new Scene(
            "count(http.server{http.route=~\"/(a+)+b\"})",
            "count(http.server{http.route=~\"/((a|aa)+)+\"})",
            "count(http.server{http.route=~\"(.|/)*\"})",
            "count(http.server)");
    scene.requests("/" + "a".repeat(250), 200, 1);
    long start = System.nanoTime();
    scene.pass(10);

    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    assertThat(scene.value("count(http.server{http.route=~\"/(a+)+b\"})")).isNaN();
    assertThat(scene.value("count(http.server{http.route=~\"/((a|aa)+)+\"})")).isEqualTo(1);
    assertThat(scene.value("count(http.server)")).isEqualTo(1);
  }
}
