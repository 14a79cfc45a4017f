/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import static io.opentelemetry.sdk.metrics.InstrumentType.OBSERVABLE_COUNTER;
import static io.opentelemetry.sdk.metrics.InstrumentType.OBSERVABLE_GAUGE;
import static io.opentelemetry.sdk.metrics.InstrumentType.OBSERVABLE_UP_DOWN_COUNTER;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.Instrument;
import io.vitals.exporter.otlp.MetricSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The metrics of alerts and objectives, for dashboards and for backends that alert on metrics.
 *
 * <p>{@code alert.status} is 1 for the state that an alert is in and 0 for the others; its series
 * are gone some minutes after it is resolved. {@code alert.rule.evaluation.duration} is given as
 * the sum and count of a histogram without buckets.
 */
public final class AlertMetrics implements MetricSource {
  private static final AlertState[] SHOWN = {
    AlertState.PENDING, AlertState.FIRING, AlertState.RECOVERING, AlertState.RESOLVED
  };

  private final AlertWorker worker;
  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final List<Instrument> instruments = new ArrayList<>();
  private final EvaluationTimes times;
  private final Instrument status;
  private final Instrument changes;
  private final Instrument evaluations;
  private final Instrument burnRate;
  private final Instrument budget;
  private final Instrument notifications;
  private final AlertChannels channels;

  /** Makes the metrics of what the worker shows. */
  public AlertMetrics(
      AlertWorker worker,
      AlertChannels channels,
      Resource resource,
      InstrumentationScopeInfo scope,
      ExportForm form,
      long startEpochNanos) {
    this.worker = worker;
    this.channels = channels;
    this.resource = resource;
    this.scope = scope;
    this.times = new EvaluationTimes(form, startEpochNanos);
    status =
        make(
            form,
            startEpochNanos,
            OBSERVABLE_UP_DOWN_COUNTER,
            AlertNames.STATUS,
            "1",
            "1 for the state that an alert is in, 0 for the others.");
    changes =
        make(
            form,
            startEpochNanos,
            OBSERVABLE_COUNTER,
            AlertNames.TRANSITIONS,
            "{transition}",
            "How often alerts of a rule came into a state.");
    evaluations =
        make(
            form,
            startEpochNanos,
            OBSERVABLE_COUNTER,
            AlertNames.EVALUATIONS,
            "{evaluation}",
            "How often a rule was evaluated; with error.type, how often that failed.");
    burnRate =
        make(
            form,
            startEpochNanos,
            OBSERVABLE_GAUGE,
            AlertNames.BURN_RATE,
            "1",
            "How many times faster than allowed the error budget is spent.");
    budget =
        make(
            form,
            startEpochNanos,
            OBSERVABLE_GAUGE,
            AlertNames.BUDGET,
            "1",
            "The share of the error budget that is left; below 0 it is overspent.");
    notifications =
        make(
            form,
            startEpochNanos,
            OBSERVABLE_COUNTER,
            "vitals.alert.notifications",
            "{notification}",
            "What became of the notifications of each channel.");
  }

  private Instrument make(
      ExportForm form,
      long start,
      InstrumentType type,
      String name,
      String unit,
      String description) {
    Instrument made = new Instrument(type, name, unit, description, form, start);
    instruments.add(made);
    return made;
  }

  @Override
  public void collect(long now, Collection<MetricData> into) {
    AlertBoard board = worker.board();
    Set<String> shown = new HashSet<>();
    for (AlertStatus alert : board.alerts) {
      if (shown.add(alert.fingerprint)) {
        status(now, alert);
      }
    }
    worker
        .transitions()
        .read(
            (rule, state, count) ->
                changes.put(
                    now,
                    Attributes.of(AlertNames.RULE_ID, rule, AlertNames.STATE, state.text()),
                    count));
    for (AlertBoard.RuleStatus rule : board.rules) {
      evaluations.put(now, Attributes.of(AlertNames.RULE_ID, rule.id), rule.evaluations);
      if (rule.failures > 0) {
        evaluations.put(
            now,
            Attributes.of(AlertNames.RULE_ID, rule.id, AlertNames.ERROR_TYPE, "evaluation"),
            rule.failures);
      }
    }
    for (AlertBoard.SloStatus slo : board.slos) {
      slo(now, slo);
    }
    if (channels != null) {
      channels.counts(
          (channel, outcome, reason, number) ->
              notifications.put(now, attributes(channel, outcome, reason), number));
    }
    for (Instrument instrument : instruments) {
      instrument.flushInto(into, resource, scope, now);
    }
    times.collect(board, now, into, resource, scope);
  }

  /** Without a null, of which the SDK would warn. */
  private static Attributes attributes(String channel, String outcome, String reason) {
    return reason.isEmpty()
        ? Attributes.of(AlertNames.CHANNEL, channel, AlertNames.OUTCOME, outcome)
        : Attributes.of(
            AlertNames.CHANNEL,
            channel,
            AlertNames.OUTCOME,
            outcome,
            AlertNames.ERROR_TYPE,
            reason);
  }

  private void status(long now, AlertStatus alert) {
    for (AlertState state : SHOWN) {
      Attributes attributes =
          Attributes.of(
              AlertNames.RULE_ID,
              alert.ruleId,
              AlertNames.FINGERPRINT,
              alert.fingerprint,
              AlertNames.SEVERITY,
              alert.severity.signal(),
              AlertNames.STATE,
              state.text());
      status.put(now, attributes, alert.state == state ? 1L : 0L);
    }
  }

  private void slo(long now, AlertBoard.SloStatus slo) {
    Set<String> windows = new HashSet<>();
    for (int i = 0; i < slo.windows.size(); i++) {
      double rate = slo.rates.get(i);
      if (!Double.isNaN(rate) && windows.add(slo.windows.get(i))) {
        burnRate.put(
            now,
            Attributes.of(AlertNames.SLO_KEY, slo.id, AlertNames.SLO_WINDOW, slo.windows.get(i)),
            rate);
      }
    }
    if (!Double.isNaN(slo.budgetRemaining)) {
      budget.put(now, Attributes.of(AlertNames.SLO_KEY, slo.id), slo.budgetRemaining);
    }
  }
}
