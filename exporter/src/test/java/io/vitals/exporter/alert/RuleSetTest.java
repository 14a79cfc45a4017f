/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rule files are read as, and what is said of broken ones. */
class RuleSetTest {
  private static final String GROUP = "groups:\n  - name: g\n    rules:\n";

  private static RuleSet read(String text) throws FileFault {
    return RuleSet.of(YamlReader.read("a.yml", text));
  }

  private static List<Rule> rules(RuleSet set, String group) {
    return set.groups.stream()
        .filter(each -> each.name.equals(group))
        .flatMap(each -> each.rules.stream())
        .toList();
  }

  @Test
  void builtInRules_areThoseOfTheManual() {
    assertThat(rules(RuleSet.builtIn(), "vitals"))
        .extracting(
            rule -> rule.name + " " + rule.severity.text() + " " + rule.forNanos / 60_000_000_000L)
        .containsExactly(
            "HighCpu high 5",
            "HighMemory critical 3",
            "HighErrorRate high 5",
            "SlowResponses medium 10",
            "DiskAlmostFull high 5",
            "NoRequests critical 0",
            "DeadlockedThreads critical 0",
            "HighGcTime high 5",
            "ConnectionPoolExhausted high 1",
            "AgentDropsSpans low 5");
  }

  @Test
  void ruleOfTheSameName_takesThePlaceOfABuiltInOne() throws FileFault {
    RuleSet set =
        read(
            GROUP
                + "      - {alert: HighCpu, expr: jvm.cpu.recent_utilization > 50%, for: 1m}\n"
                + "      - {alert: NoRequests, enabled: false}\n");
    assertThat(rules(set, "vitals")).extracting(rule -> rule.name).hasSize(8);
    assertThat(rules(set, "vitals"))
        .extracting(rule -> rule.name)
        .doesNotContain("HighCpu", "NoRequests");
    assertThat(rules(set, "g")).extracting(rule -> rule.id).containsExactly("g/HighCpu");
  }

  @Test
  void groupOfTheBuiltInName_takesNoRuleAway() throws FileFault {
    RuleSet set =
        read("groups: [{name: vitals, rules: [{alert: Mine, expr: rate(http.server) == 0}]}]");
    assertThat(set.size()).isEqualTo(RuleSet.builtIn().size() + 1);
  }

  @Test
  void rule_hasWhatItsFileSays() throws FileFault {
    RuleSet set =
        read(
            "groups:\n  - name: shop\n    interval: 5s\n    rules:\n"
                + "      - alert: Slow\n"
                + "        expr: p99(http.server[1m]) > 500ms\n"
                + "        for: 30s\n"
                + "        keep_firing_for: 1m\n"
                + "        min_count: 20\n"
                + "        labels: {severity: critical, team: shop}\n"
                + "        annotations: {summary: 'p99 {{ $value }}'}\n");
    Rule rule = rules(set, "shop").get(0);
    assertThat(set.tickNanos()).isEqualTo(5_000_000_000L);
    assertThat(rule.forNanos).isEqualTo(30_000_000_000L);
    assertThat(rule.keepFiringNanos).isEqualTo(60_000_000_000L);
    assertThat(rule.minCount).isEqualTo(20);
    assertThat(rule.severity).isEqualTo(Severity.CRITICAL);
    assertThat(rule.labels).containsExactly(Map.entry("team", "shop"));
    assertThat(rule.annotations.get("summary").render(0.612, 0.5, "s", Map.of()))
        .isEqualTo("p99 612 ms");
    assertThat(rule.version()).isNotEqualTo(rules(RuleSet.builtIn(), "vitals").get(0).version());
  }

  @Test
  void objective_becomesTheThreeAlertsOfTheWorkbook() throws FileFault {
    RuleSet set =
        read(
            "slos:\n  - {name: checkout, objective: 99.9%, period: 30d,"
                + " indicator: 'error_rate(http.server{http.route=\"/checkout\"})'}\n");
    assertThat(rules(set, "slo"))
        .extracting(rule -> rule.objective.limit, rule -> rule.severity)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(14.4, Severity.CRITICAL),
            org.assertj.core.groups.Tuple.tuple(6.0, Severity.HIGH),
            org.assertj.core.groups.Tuple.tuple(1.0, Severity.MEDIUM));
    assertThat(rules(set, "slo").get(0).text)
        .contains("error_rate(http.server{http.route=\"/checkout\"}[1h]) > 1.44%")
        .contains("error_rate(http.server{http.route=\"/checkout\"}[5m]) > 1.44%")
        .contains(">= 1000");
  }

  @Test
  void objectiveOfAWeek_keepsTheSharesOfTheBudget() throws FileFault {
    RuleSet set =
        read(
            "slos:\n  - {name: week, objective: 99%, period: 7d,"
                + " indicator: 'error_rate(http.server)'}\n");
    assertThat(rules(set, "slo"))
        .extracting(rule -> Math.round(rule.objective.limit * 100) / 100.0)
        .containsExactly(3.36, 1.4, 0.23);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "rules: []|a.yml:1:1: found \"rules\"; expected one of groups, slos",
        "groups: 5|a.yml:1:9: found \"5\"; expected a list",
        "groups: [{rules: []}]|a.yml:1:10: found no \"name\"; expected a value for name",
        "groups: [{name: g, interval: 5}, {name: g}]|a.yml:1:41: found a second group g",
        "groups: [{name: g, interval: 100ms}]|a.yml:1:30: found \"100ms\"; expected 1s to 1h",
        "groups: [{name: g, rules: [{alert: A}]}]|a.yml:1:28: found no \"expr\"",
        "groups: [{name: g, rules: [{alert: A, exp: 1}]}]|a.yml:1:39: found \"exp\"; expected one of",
        "groups: [{name: g, rules: [{alert: A, expr: 'rate(http.server) >'}]}]|a.yml:1:45: found",
        "groups: [{name: g, rules: [{alert: A, expr: 'rate(http.server) > 5ms'}]}]|a.yml:1:45: found",
        "slos: [{name: s, objective: 100%, indicator: x}]|a.yml:1:29: found \"100%\"; expected a share",
        "slos: [{name: s, objective: 99%, indicator: x}]|a.yml:1:45: found \"x\"; expected error_rate(",
        "slos: [{name: s, objective: 5%, indicator: 'error_rate(http.server)', period: 1h}]|a.yml:1:79",
      })
  void brokenFile_namesThePlaceAndTheRemedy(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(FileFault.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "labels: {severity: awful}|found \"awful\"; expected low, medium, high or critical",
        "annotations: {summary: '{{ $valu }}'}|found {{ $valu }}; expected {{ $value }}",
        "annotations: {summary: '{{ $value'}|found {{ without }}",
        "for: soon|found \"soon\"; expected a duration such as 30s, 5m or 1h",
        "min_count: -1|found \"-1\"; expected a whole number",
        "enabled: maybe|found \"maybe\"; expected true or false",
      })
  void brokenRule_namesThePlaceAndTheRemedy(String field, String message) {
    String rule = "      - alert: A\n        expr: rate(http.server) == 0\n        ";
    assertThatThrownBy(() -> read(GROUP + rule + field))
        .isInstanceOf(FileFault.class)
        .hasMessageStartingWith("a.yml:6:")
        .hasMessageContaining(message);
  }
}
