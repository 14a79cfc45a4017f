/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableHistogramData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableHistogramPointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableMetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.exporter.otlp.ExportForm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the evaluations of each rule took, as a histogram of one bucket: sum, count, longest. */
final class EvaluationTimes {
  private final boolean delta;
  private final Map<String, AlertBoard.RuleStatus> before = new HashMap<>();
  private long startEpochNanos;

  EvaluationTimes(ExportForm form, long startEpochNanos) {
    this.delta = form.deltaHistograms();
    this.startEpochNanos = startEpochNanos;
  }

  void collect(
      AlertBoard board,
      long now,
      Collection<MetricData> into,
      Resource resource,
      InstrumentationScopeInfo scope) {
    List<HistogramPointData> points = new ArrayList<>();
    for (AlertBoard.RuleStatus rule : board.rules) {
      AlertBoard.RuleStatus last = delta ? before.put(rule.id, rule) : null;
      long count = rule.evaluations - (last == null ? 0 : last.evaluations);
      double sum = rule.seconds - (last == null ? 0 : last.seconds);
      if (count > 0) {
        points.add(
            ImmutableHistogramPointData.create(
                startEpochNanos,
                now,
                Attributes.of(AlertNames.RULE_ID, rule.id),
                Math.max(0, sum),
                false,
                0,
                !delta,
                rule.longestSeconds,
                Collections.<Double>emptyList(),
                Collections.singletonList(count)));
      }
    }
    if (!points.isEmpty()) {
      into.add(
          ImmutableMetricData.createDoubleHistogram(
              resource,
              scope,
              AlertNames.EVALUATION_DURATION,
              "What the evaluations of a rule took.",
              "s",
              ImmutableHistogramData.create(
                  delta ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE,
                  points)));
    }
    if (delta) {
      startEpochNanos = now;
    }
  }
}
