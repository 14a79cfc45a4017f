/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitals.exporter.yaml.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules tried on written series: what the state machine and the burn rates make of them. */
class RuleTrialTest {
  private static final String TEST =
      String.join(
          "\n",
          "rule_files: [alerts.yml]",
          "evaluation_interval: 10s",
          "tests:",
          "  - name: checkout gets slow",
          "    interval: 10s",
          "    input_series:",
          "      - series: 'http.server{http.route=\"/checkout\"}'",
          "        values: '20*100msx6 20*700msx30'",
          "      - series: 'http.server{http.route=\"/other\"}'",
          "        values: '20*900msx36'",
          "    alert_rule_test:",
          "");

  private static final String RULES =
      String.join(
          "\n",
          "groups:",
          "  - name: shop",
          "    rules:",
          "      - alert: SlowCheckout",
          "        expr: p99(http.server{http.route=\"/checkout\"}[1m]) > 500ms",
          "        for: 30s",
          "        labels: {severity: high, team: shop}",
          "        annotations: {summary: 'checkout p99 is {{ $value }}'}",
          "slos:",
          "  - {name: api, objective: 99.9%, indicator: error_rate(http.server)}",
          "");

  @TempDir Path folder;

  @BeforeEach
  void rules() throws IOException {
    Files.writeString(folder.resolve("alerts.yml"), RULES);
  }

  private RuleTrial.Outcome run(String text) throws FileFault, IOException {
    Path file = folder.resolve("test.yml");
    Files.writeString(file, text);
    return RuleTrial.run(file.toFile(), io.vitals.exporter.rule.Catalogue.builtIn());
  }

  @Test
  void alert_firesAfterItsForAndNotBefore() throws FileFault, IOException {
    String fired =
        "exp_alerts: [{exp_labels: {severity: high, team: shop},"
            + " exp_annotations: {summary: checkout p99 is 700 ms}}]";
    RuleTrial.Outcome outcome =
        run(
            TEST
                + "      - {eval_time: 1m, alertname: SlowCheckout}\n"
                + "      - {eval_time: 90s, alertname: SlowCheckout}\n"
                + "      - {eval_time: 100s, alertname: SlowCheckout, "
                + fired
                + "}\n"
                + "      - {eval_time: 5m, alertname: SlowCheckout, "
                + fired
                + "}\n");
    assertThat(outcome.failures).isEmpty();
    assertThat(outcome.checks).isEqualTo(4);
  }

  @Test
  void wrongExpectation_isShownBesideWhatIs() throws FileFault, IOException {
    RuleTrial.Outcome outcome =
        run(TEST + "      - {eval_time: 2m, alertname: SlowCheckout, exp_alerts: []}\n");
    assertThat(outcome.failures).hasSize(1);
    assertThat(outcome.failures.get(0))
        .contains("checkout gets slow, SlowCheckout at 2m")
        .contains("test.yml:12")
        .contains("expected []")
        .contains("got      [{severity=high, team=shop} {summary=checkout p99 is 700 ms}]");
  }

  /**
   * The workbook: with 99.9 % and every request failing from a clean start, the first pair fires
   * after 52 s, the second after 130 s; one look of 10 s later at most.
   */
  @Test
  void burnRates_fireWhenTheWorkbookSays() throws FileFault, IOException {
    String input =
        String.join(
            "\n",
            "rule_files: [alerts.yml]",
            "evaluation_interval: 1s",
            "tests:",
            "  - interval: 1s",
            "    input_series:",
            "      - series: 'http.server{http.response.status_code=\"200\"}'",
            "        values: '10*1msx21600'",
            "      - series: 'http.server{http.response.status_code=\"500\",error.type=\"500\"}'",
            "        values: '_x21600 10*1msx600'",
            "    alert_rule_test:",
            "");
    RuleTrial.Outcome outcome =
        run(
            input
                + at(21_600 + 45, "api burn rate 1h", "")
                + at(21_600 + 62, "api burn rate 1h", "{severity: critical, slo: api}")
                + at(21_600 + 120, "api burn rate 6h", "")
                + at(21_600 + 140, "api burn rate 6h", "{severity: high, slo: api}"));
    assertThat(outcome.failures).isEmpty();
    assertThat(outcome.checks).isEqualTo(4);
  }

  private static String at(int seconds, String rule, String labels) {
    return "      - {eval_time: "
        + seconds
        + "s, alertname: "
        + rule
        + ", exp_alerts: ["
        + (labels.isEmpty() ? "" : "{exp_labels: " + labels + "}")
        + "]}\n";
  }

  @Test
  void brokenTest_namesThePlace() {
    assertThatThrownBy(() -> run("rule_files: [none.yml]\ntests: []\n"))
        .hasMessageContaining("test.yml:1:14: found no file");
    assertThatThrownBy(() -> run(TEST.replace("20*100ms", "20x100")))
        .hasMessageContaining("test.yml:8:17: found \"20x100x6\"");
    assertThatThrownBy(() -> run(TEST.replace("http.route=", "http.rout=")))
        .hasMessageContaining("has no label http.rout");
  }
}
