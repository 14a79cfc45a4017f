/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.exporter.aggregate.RecordedInterval;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.Instrument;
import io.vitals.exporter.rule.Catalogue;
import io.vitals.exporter.rule.Measures;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import io.vitals.exporter.yaml.YamlReader;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Tries rules on series that somebody has written down, and compares the alerts at given times with
 * the expected ones, as {@code promtool test rules} does.
 *
 * <p>Reads a file with {@code rule_files}, {@code evaluation_interval} and {@code tests}; the
 * built-in rules are there as they are in the agent.
 */
public final class RuleTrial {
  /** Any day will do; this one is easy to read. */
  private static final long START = TimeUnit.DAYS.toNanos(20_000);

  private final RuleSet rules;
  private final long everyNanos;
  private final List<String> failures = new ArrayList<>();
  private int checks;

  private RuleTrial(RuleSet rules, long everyNanos) {
    this.rules = rules;
    this.everyNanos = everyNanos;
  }

  /** What came of the tests of a file. */
  public static final class Outcome {
    /** How many times alerts were compared. */
    public final int checks;

    /** One text each for what is not as expected. */
    public final List<String> failures;

    Outcome(int checks, List<String> failures) {
      this.checks = checks;
      this.failures = failures;
    }
  }

  /**
   * Runs the tests of a file.
   *
   * @param catalogue the metrics that rules may read
   * @throws FileFault where the file, or a rule file that it names, is wrong
   * @throws IOException if one of them cannot be read
   */
  public static Outcome run(File file, Catalogue catalogue) throws FileFault, IOException {
    YamlNode root = YamlReader.read(file);
    root.onlyFields("rule_files", "evaluation_interval", "tests");
    int checks = 0;
    List<String> failures = new ArrayList<>();
    long every = root.durationNanos("evaluation_interval", RuleReader.DEFAULT_INTERVAL_NANOS);
    for (YamlNode name : root.needed("rule_files").items()) {
      File rules = new File(file.getAbsoluteFile().getParentFile(), name.text());
      if (!rules.isFile()) {
        throw name.fault("no file " + rules.getPath(), "a rule file beside this one");
      }
      RuleTrial trial = new RuleTrial(RuleSet.read(rules, catalogue), every);
      for (YamlNode test : root.needed("tests").items()) {
        trial.test(test);
      }
      checks += trial.checks;
      failures.addAll(trial.failures);
    }
    return new Outcome(checks, failures);
  }

  private void test(YamlNode test) throws FileFault {
    test.onlyFields("name", "interval", "input_series", "alert_rule_test");
    String name = test.text("name", "test in line " + test.line());
    long interval = test.durationNanos("interval", everyNanos);
    List<InputSeries> inputs = new ArrayList<>();
    for (YamlNode series : test.needed("input_series").items()) {
      inputs.add(InputSeries.read(series));
    }
    List<YamlNode> expected = test.needed("alert_rule_test").items();
    long last = 0;
    for (YamlNode each : expected) {
      each.onlyFields("eval_time", "alertname", "exp_alerts");
      each.needed("alertname");
      each.needed("eval_time");
      last = Math.max(last, evaluationTime(each));
    }
    RuleBook book = new RuleBook(rules);
    book.start(new TreeMap<>());
    Measures measures = new Measures(rules.expressions());
    Map<String, AlertEvent> now = new TreeMap<>();
    AlertRule.Outlet outlet = event -> now.put(event.fingerprint, event);
    RecordedInterval recorded = new RecordedInterval();
    int fed = 0;
    for (long at = everyNanos; at <= last; at += everyNanos) {
      List<Instrument> gauges = new ArrayList<>();
      for (; (fed + 1) * interval <= at; fed++) {
        gauges.clear();
        for (InputSeries input : inputs) {
          input.feed(fed, recorded, gauges, START + at);
        }
      }
      measures.add(recorded.close(START + at - everyNanos, START + at));
      measures.add(collected(gauges, START + at), START + at);
      book.evaluate(measures, START + at, System::nanoTime, outlet);
      for (YamlNode each : expected) {
        long asked = evaluationTime(each);
        if (asked <= at && asked > at - everyNanos) {
          compare(name, each, now);
        }
      }
    }
  }

  private static long evaluationTime(YamlNode expected) throws FileFault {
    return expected.durationNanos("eval_time", 0);
  }

  private static List<MetricData> collected(List<Instrument> gauges, long now) {
    List<MetricData> all = new ArrayList<>();
    for (Instrument gauge : gauges) {
      gauge.flushInto(all, Resource.empty(), InstrumentationScopeInfo.empty(), now);
    }
    return all;
  }

  /** A gauge with one point. */
  static Instrument gauge(String name, Map<String, String> labels, double value, long now) {
    AttributesBuilder attributes = Attributes.builder();
    labels.forEach(attributes::put);
    Instrument gauge =
        new Instrument(
            InstrumentType.OBSERVABLE_GAUGE, name, "1", "", ExportForm.CUMULATIVE, START);
    gauge.put(now, attributes.build(), value);
    return gauge;
  }

  private void compare(String test, YamlNode expected, Map<String, AlertEvent> now)
      throws FileFault {
    checks++;
    String rule = expected.needed("alertname").text();
    TreeSet<String> found = new TreeSet<>();
    for (AlertEvent event : now.values()) {
      if (event.ruleName.equals(rule) && event.state.isFiring()) {
        found.add(shown(labels(event), event.annotations));
      }
    }
    TreeSet<String> wanted = new TreeSet<>();
    for (YamlNode alert : expected.items("exp_alerts")) {
      alert.onlyFields("exp_labels", "exp_annotations");
      SortedMap<String, String> annotations = new TreeMap<>(alert.texts("exp_annotations"));
      wanted.add(shown(new TreeMap<>(alert.texts("exp_labels")), annotations));
    }
    if (!found.equals(wanted)) {
      failures.add(
          test
              + ", "
              + rule
              + " at "
              + expected.needed("eval_time").text()
              + " ("
              + expected.file()
              + ":"
              + expected.line()
              + "):\n  expected "
              + wanted
              + "\n  got      "
              + found);
    }
  }

  private static SortedMap<String, String> labels(AlertEvent event) {
    SortedMap<String, String> labels = new TreeMap<>(event.labels);
    labels.put("severity", event.severity.text());
    return labels;
  }

  private static String shown(
      SortedMap<String, String> labels, SortedMap<String, String> annotations) {
    return labels + " " + annotations;
  }
}
