/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the language accepts, what it knows of an expression, and how it says what is wrong. */
class ExpressionTest {
  private static final List<String> CONDITIONS =
      Arrays.asList(
          "p99(http.server.request.duration{http.route=\"/checkout\"}[1m]) > 500ms",
          "error_rate(http.server) > 5%",
          "rate(http.server) == 0",
          "rate(http.server[15m]) < 10/s",
          "jvm.memory.used / jvm.memory.limit > 90%",
          "jvm.memory.used{jvm.memory.type=\"heap\"} > 512MiB",
          "sum(jvm.memory.used) by (jvm.memory.type) > 1GB",
          "sum(jvm.gc.duration[1m]) / 1m > 20%",
          "count(jvm.gc.duration[5m]) > 100",
          "avg(jvm.gc.duration[5m]) > 100ms",
          "max(jvm.thread.count[5m]) > 500 and avg(jvm.cpu.recent_utilization[5m]) >= 0.8",
          "min(jvm.cpu.recent_utilization[5m]) > 80%",
          "p50(db.client[5m]) > 2 * p50(db.client[5m] offset 1h)",
          "p99(http.client[5m]) by (server.address) > 2s unless count(http.client[5m]) < 20",
          "p99 by (http.route) (http.server[5m] min_count 20) > 1s",
          "p99(http.server[5m]) by (http.route) min_count 20 > 1s",
          "quantile(0.99, http.server) > 1s or quantile(99%, http.client) > 1s",
          "p999(http.server) > 1s",
          "slow_rate(http.server[5m], 300ms) > 1%",
          "sum(http.server[1m]) / 1m > 8",
          "absent(http.server[15m])",
          "absent(jvm.memory.used)",
          "anomaly(p99(http.server[5m]), 4)",
          "anomaly(avg(http.server[5m]) by (http.route), 3.5) and count(http.server[5m]) > 20",
          "rate(vitals.agent.allocated[5m]) > 10MB/s",
          "increase(vitals.agent.dropped{reason=~\"queue.*\"}[5m]) > 0",
          "rate(jvm.cpu.time[1m]) / jvm.cpu.count > 80%",
          "increase(http.server{error.type!=\"\"}[5m]) > 10",
          "500ms < p99(http.server)",
          "-rate(http.server) > -5",
          "(rate(http.server) - rate(http.client)) * 2 > 1",
          "max(http.server[5m]) - min(http.server[5m]) > 0.5s # a comment",
          "p99(http.server[1h30m]) > 1.5s",
          "jvm.thread.count offset 5m > 10",
          "error_rate(http.server[3d]) > 1%",
          "p95(http.server{http.request.method!='GET', error.type=~\"5..|timeout\"}) > 1s");

  @Test
  void conditions_areAccepted() throws Exception {
    for (String text : CONDITIONS) {
      Expression expression = Expression.parse(text);

      assertThat(expression.text()).isEqualTo(text);
      assertThat(expression.isCondition()).isTrue();
    }
  }

  @Test
  void expression_knowsWhatASignalSays() throws Exception {
    Expression slow = Expression.parse("p99(http.server[5m]) by (http.route) > 500ms");

    assertThat(slow.type()).isEqualTo("threshold");
    assertThat(slow.metricName()).isEqualTo("http.server.request.duration");
    assertThat(slow.windowSeconds()).isEqualTo(300);
    assertThat(slow.operator()).isEqualTo("gt");
    assertThat(slow.unit()).isEqualTo("s");
    assertThat(slow.isRatio()).isFalse();
    assertThat(slow.by()).containsExactly("http.route");
    assertThat(slow.metrics()).isEmpty();

    Expression memory =
        Expression.parse("90% <= jvm.memory.used / jvm.memory.limit or absent(http.server)");
    assertThat(memory.type()).isEqualTo("threshold");
    assertThat(memory.operator()).isEqualTo("ge");
    assertThat(memory.unit()).isEqualTo("1");
    assertThat(memory.isRatio()).isTrue();
    assertThat(memory.windowSeconds()).isEqualTo(60);
    assertThat(memory.metrics()).isEqualTo(Set.of("jvm.memory.limit", "jvm.memory.used"));

    Expression odd = Expression.parse("anomaly(jvm.memory.used, 4)");
    assertThat(odd.type()).isEqualTo("anomaly");
    assertThat(odd.operator()).isNull();
    assertThat(odd.unit()).isEqualTo("By");
    assertThat(odd.windowSeconds()).isNaN();

    Expression nothing = Expression.parse("absent(http.server[15m]) and rate(http.client) > 0");
    assertThat(nothing.type()).isEqualTo("absence");
    assertThat(nothing.operator()).isNull();
    assertThat(nothing.unit()).isNull();
  }

  @Test
  void expressionsThatMeanTheSame_areEqual() throws Exception {
    Expression one = Expression.parse("p99(http.server{http.route='/a',error.type=''}) > 0.5s");
    Expression same =
        Expression.parse(
            "( quantile(99%, http.server.request.duration{error.type=\"\", http.route=\"/a\"}[60s])"
                + " > 500ms )");
    Expression other = Expression.parse("p99(http.server{http.route='/b',error.type=''}) > 0.5s");

    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
  }

  @Test
  void withWindow_setsItWhereNoneIsWritten() throws Exception {
    Expression ratio =
        Expression.parseValue("error_rate(http.server) / error_rate(http.client[5m])");

    assertThat(ratio.windowSeconds()).isEqualTo(300);
    assertThat(ratio.withWindow(3600).windowSeconds()).isEqualTo(3600);
    assertThat(ratio.withWindow(3600)).isNotEqualTo(ratio);
    assertThat(ratio.withWindow(60)).isEqualTo(ratio);
    assertThatThrownBy(() -> Expression.parseValue("p99(http.server)").withWindow(100_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("24h");
  }

  @Test
  void metricsOfExtensions_areReadByTheirUnit() throws Exception {
    Catalogue more = Catalogue.builtIn().with("shop.stock", MetricKind.GAUGE, "By", null);

    assertThat(Expression.parse("shop.stock{anything=\"x\"} > 1MB", more).unit()).isEqualTo("By");
    assertFault("shop.stock > 1", more, 13, "a plain number beside bytes", "512MiB");
    assertFault("shop.stock > 1MB", 0, "the unknown metric 'shop.stock'", "measures");
  }

  @Test
  void units_haveToFit() {
    assertFault("p99(http.server) > 500", 19, "a plain number beside a duration", "500ms");
    assertFault("jvm.memory.used > 90%", 18, "a ratio beside bytes", "512MiB");
    assertFault("error_rate(http.server) > 5s", 26, "a duration beside a ratio", "5%");
    assertFault("rate(http.server) > 5ms", 20, "a duration beside a rate", "10/s");
    assertFault("count(http.server) > 5%", 21, "a ratio beside a count", "a plain number");
    assertFault("p99(http.server) > jvm.memory.used", 17, "a duration > bytes", "the same unit");
    assertFault(
        "p99(http.server) * p99(http.server) > 1s", 17, "a duration times a duration", "units");
    assertFault(
        "p99(http.server) + 1 > 1s", 19, "a plain number beside a duration", "unit of time");
    assertFault("rate(vitals.agent.allocated) > 5MB", 31, "bytes beside bytes per", "10MB/s");
  }

  @Test
  void kinds_haveToFit() {
    assertFault("p99(http.server)", 16, "a duration that is compared with nothing", "500ms");
    assertFault("http.server > 1s", 0, "durations of calls without a function", "p50 to p999");
    assertFault("vitals.agent.dropped > 1", 0, "a counter without a function", "rate or increase");
    assertFault("p99(jvm.gc.duration) > 1s", 0, "p99 of jvm.gc.duration", "sum, count, avg");
    assertFault("rate(jvm.memory.used) > 1", 0, "which is a level", "its name alone");
    assertFault("error_rate(vitals.agent.dropped) > 1", 0, "which is a counter", "rate");
    assertFault("rate(http.server) > 1 > 0", 22, "'>'", "'and' and another comparison");
    assertFault("(rate(http.server) > 1) + 1 > 0", 0, "a condition", "a value beside '+'");
    assertFault("rate(http.server) and absent(http.client)", 0, "a rate", "a condition");
    assertFault("-absent(http.server)", 1, "a condition", "a value after the sign");
    assertFault("1 > 2", 2, "two constants compared", "measured");
    assertFault("anomaly(5, 4)", 8, "a constant in anomaly", "measured");
    assertFault("anomaly(rate(http.server), 0)", 27, "0", "above 0");
    assertFault("anomaly(rate(http.server))", 25, "')'", "anomaly(x, 4)");
    assertFault("sum(jvm.memory.used[5m]) > 1MB", 19, "a window for sum", "avg");
    assertFault("jvm.memory.used[5m] > 1MB", 15, "a window without a function", "avg(");
    assertFault("jvm.thread.count min_count 5 > 1", 17, "'min_count'", "a function before it");
    assertFault("sum(rate(http.server)) > 1", 4, "'rate'", "no calculation");
    assertFault("absent(http.server) by (http.route)", 20, "'by'", "no groups");
    assertFault(
        "p99(http.server) by (http.route) > p99(http.client) by (server.address)",
        33,
        "one side by (http.route), the other by (server.address)",
        "the same labels");
  }

  @Test
  void names_areSuggested() {
    assertFault("p99(http.servr) > 1s", 4, "the unknown metric 'http.servr'", "'http.server'");
    assertFault("jvm.memory.usd > 1MB", 0, "'jvm.memory.usd'", "'jvm.memory.used'");
    assertFault("eror_rate(http.server) > 1%", 0, "the unknown function", "'error_rate'");
    assertFault("foo(http.server) > 1%", 0, "the unknown function 'foo'", "one of quantile");
    assertFault("p100(http.server) > 1s", 0, "'p100'", "p999");
    assertFault("p0(http.server) > 1s", 0, "'p0'", "p999");
    assertFault("p99(http.server{http.rout=\"/\"}) > 1s", 16, "the unknown label", "'http.route'");
    assertFault("p99(http.server) by (http.rte) > 1s", 21, "the unknown label", "'http.route'");
    assertFault("jvm.cpu.count{x=\"1\"} > 1", 14, "the unknown label 'x'", "has none");
    assertFault("increase(logs{severity>=ERROR}[5m]) > 10", 9, "logs are not collected yet", "");
    assertFault("xyzzy.plugh > 1", 0, "'xyzzy.plugh'", "one that the agent measures");
  }

  @Test
  void texts_haveToBeWhole() {
    assertFault("", 0, "the end of the expression", "a metric");
    assertFault("p99(http.server > 1s", 16, "'>'", "')' for the '(' at character 4");
    assertFault("(p99(http.server) > 1s", 22, "the end", "')' for the '(' at character 1");
    assertFault("p99(http.server) > 1s)", 21, "')'", "no ')'");
    assertFault("p99(http.server[5m) > 1s", 18, "')'", "']'");
    assertFault("p99(http.server[5]) > 1s", 16, "5", "a time, such as 5m");
    assertFault("p99(http.server[100ms]) > 1s", 15, "a window below 1s", "1s or more");
    assertFault("p99(http.server{http.route=\"/}) > 1s", 27, "a text without an end", "\"");
    assertFault("p99(http.server{http.route=/}) > 1s", 27, "'/'", "a text in quotes");
    assertFault(
        "p99(http.server{http.response.status_code=500}) > 1s", 42, "500", "such as \"500\"");
    assertFault("p99(http.server{http.route~\"/\"}) > 1s", 26, "'~'", "operator");
    assertFault("p99(http.server{error.type=~\"(\"}) > 1s", 28, "that is none", "Pattern");
    assertFault("p99(http.server) = 1s", 17, "'='", "'=='");
    assertFault("p99(http.server) > 5x", 20, "the unit 'x'", "ms, s, m, h or d");
    assertFault("p99(http.server) > 1h30", 23, "no unit", "ms, s");
    assertFault("p99(http.server) > 1s $", 22, "'$'", "operator");
    assertFault("p99(http.server) > 1s rate", 22, "'rate'", "an operator or the end");
    assertFault("rate(http.server) > 1e99", 20, "1e99", "1e18");
    assertFault("quantile(1.5, http.server) > 1s", 9, "1.5", "between 0 and 1");
    assertFault("slow_rate(http.server) > 1%", 21, "')'", "slow_rate(http.server, 500ms)");
    assertFault("p99(http.server[5m] offset 1h offset 1h) > 1s", 30, "'offset'", "only once");
    assertFault("p99(http.server[24h] offset 1h) > 1s", 21, "more than 24 h back", "24h");
    assertFault("rate(http.server[93d]) > 1", 16, "more than 2208 h back", "92d");
    assertFault("p99 by http.route (http.server) > 1s", 7, "'http.route'", "'('");
  }

  @Test
  void bounds_areKept() {
    String deep = "(".repeat(100) + "rate(http.server)" + ")".repeat(100) + " > 1";
    assertFault(deep, 64, "more than 64 deep", "fewer brackets");
    String signs = "-".repeat(100) + "rate(http.server) > 1";
    assertFault(signs, 64, "more than 64 deep", "fewer brackets");
    String chain = "rate(http.server) > 1" + " or rate(http.server) > 1".repeat(300);
    assertFault(chain, -1, "more than 256 operators", "several rules");
    assertFault("x".repeat(20_000), 10_000, "a text of 20000 characters", "at most 10000");
    assertFault(
        "p99(http.server{http.route=~\"" + "a".repeat(300) + "\"}) > 1s", 28, "300", "at most 256");
    assertFault(
        "p99(http.server{http.route=~\"(a{1000}){1000}\"}) > 1s", 28, "very often", "product");
  }

  @Test
  void fault_showsTheLineAndTheCaret() {
    ExpressionFault fault =
        catchThrowableOfType(
            ExpressionFault.class,
            () -> Expression.parse("rate(http.server) > 1\n  and p99(http.server) > 500"));

    assertThat(fault.offset()).isEqualTo(47);
    assertThat(fault.caret()).isEqualTo("  and p99(http.server) > 500\n" + " ".repeat(25) + "^");
    assertThat(fault)
        .hasMessage(
            "character 48: found a plain number beside a duration; expected a number with a unit of"
                + " time, such as 500ms or 2s\n"
                + fault.caret());
  }

  private static void assertFault(String text, int offset, String found, String expected) {
    assertFault(text, Catalogue.builtIn(), offset, found, expected);
  }

  private static void assertFault(
      String text, Catalogue catalogue, int offset, String found, String expected) {
    ExpressionFault fault =
        catchThrowableOfType(ExpressionFault.class, () -> Expression.parse(text, catalogue));

    assertThat(fault).as(text).isNotNull();
    if (offset >= 0) {
      assertThat(fault.offset()).as(fault.getMessage()).isEqualTo(offset);
    }
    assertThat(fault.found()).contains(found);
    assertThat(fault.expected()).contains(expected);
    String[] lines = fault.caret().split("\n", -1);
    assertThat(lines).as(fault.caret()).hasSize(2);
    assertThat(lines[1]).matches(" *\\^");
  }
}
