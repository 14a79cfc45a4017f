/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.exporter.Rig;
import io.vitals.exporter.aggregate.Rollup;
import io.vitals.exporter.rule.Measures;
import io.vitals.exporter.yaml.YamlReader;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Evaluates the groups of a file, and counts what it has no room for. */
class RuleBookTest {
  @Test
  void ruleWithTooManyGroups_has100AlertsAndCountsTheOthers() throws Exception {
    RuleSet rules =
        RuleSet.of(
            YamlReader.read(
                "a.yml",
                "groups: [{name: g, interval: 1s, rules: [{alert: Busy,"
                    + " expr: 'count(http.server) by (http.route) > 0'}]}]"));
    RuleBook book = new RuleBook(rules);
    book.start(new TreeMap<>());
    Measures measures = new Measures(rules.expressions());
    Rig rig = new Rig();
    Rollup rollup = rig.aggregator.rollup();
    for (int route = 0; route < 150; route++) {
      rig.offer(Rig.request("/r" + route, 200, 1_000_000));
    }
    rig.clock.advanceSeconds(1);
    measures.add(rig.aggregator.collect(rollup));
    Set<String> fired = new HashSet<>();

    long refused =
        book.evaluate(
            measures, rig.clock.now(), System::nanoTime, event -> fired.add(event.fingerprint));

    assertThat(fired).hasSize(100);
    assertThat(refused).isEqualTo(50);
  }
}
