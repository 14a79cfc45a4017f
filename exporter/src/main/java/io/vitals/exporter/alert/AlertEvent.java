/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.opentelemetry.api.common.Attributes;
import io.vitals.exporter.otlp.LogEvent;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an alert is at one moment: a transition of its state, or a repeat of the state it is in.
 *
 * <p>Immutable. Times are nanoseconds since the epoch, 0 where there is none; numbers are NaN where
 * there is none. Handed to {@link AlertListener}s and exported as {@code alert.state_change}.
 */
public final class AlertEvent implements LogEvent {
  /** Stable name of the rule within its file: {@code group/alert}. */
  public final String ruleId;

  /** The name that people read, such as {@code SlowCheckout}. */
  public final String ruleName;

  /** {@code threshold}, {@code burn_rate}, {@code anomaly}, {@code absence} or {@code event}. */
  public final String ruleType;

  /** Changes when the rule's text changes. */
  public final String ruleVersion;

  /** FNV-1a 64 over rule, identifying labels and service, 16 hex digits; stable over restarts. */
  public final String fingerprint;

  public final AlertState state;
  public final AlertState previous;
  public final Severity severity;

  /** When the rule was evaluated. */
  public final long timeEpochNanos;

  /** Since when the condition has held. */
  public final long startEpochNanos;

  /** When it became firing. */
  public final long firedEpochNanos;

  /** When it ended. */
  public final long endEpochNanos;

  /** Which person said that it is resolved, or null. */
  public final String resolvedBy;

  /** What the rule measured, in {@link #unit}. */
  public final double value;

  /** What it is compared with. */
  public final double threshold;

  /** {@code gt}, {@code ge}, {@code lt}, {@code le}, {@code eq}, {@code ne}, or null. */
  public final String operator;

  /** UCUM, such as {@code s}, {@code By} or {@code 1}; or null. */
  public final String unit;

  /** The metric that the rule reads, or null. */
  public final String metricName;

  /** How far the rule looks back in seconds; NaN if it reads the present. */
  public final double windowSeconds;

  public final double forSeconds;
  public final double keepFiringSeconds;

  /** Labels of the rule and of the group that it found; never null, sorted by name. */
  public final SortedMap<String, String> labels;

  /** Rendered annotations; never null, sorted by name. */
  public final SortedMap<String, String> annotations;

  /** One sentence for people: the rendered annotation {@code summary}, or one made of the rule. */
  public final String summary;

  /** A kept trace that shows the problem, 32 hex digits, or null. */
  public final String traceId;

  /** Its span, 16 hex digits, or null. */
  public final String spanId;

  /** What only burn rates of SLOs have, or null. */
  public final BurnRate burnRate;

  /** The numbers of an SLO's alert. */
  public static final class BurnRate {
    public final String sloId;
    public final double objective;
    public final double periodSeconds;
    public final double longRate;
    public final double shortRate;
    public final double limit;

    /** Gathers them. */
    public BurnRate(
        String sloId,
        double objective,
        double periodSeconds,
        double longRate,
        double shortRate,
        double limit) {
      this.sloId = sloId;
      this.objective = objective;
      this.periodSeconds = periodSeconds;
      this.longRate = longRate;
      this.shortRate = shortRate;
      this.limit = limit;
    }
  }

  private AlertEvent(Builder from) {
    this.ruleId = from.ruleId;
    this.ruleName = from.ruleName;
    this.ruleType = from.ruleType;
    this.ruleVersion = from.ruleVersion;
    this.fingerprint = from.fingerprint;
    this.state = from.state;
    this.previous = from.previous;
    this.severity = from.severity;
    this.timeEpochNanos = from.timeEpochNanos;
    this.startEpochNanos = from.startEpochNanos;
    this.firedEpochNanos = from.firedEpochNanos;
    this.endEpochNanos = from.endEpochNanos;
    this.resolvedBy = from.resolvedBy;
    this.value = from.value;
    this.threshold = from.threshold;
    this.operator = from.operator;
    this.unit = from.unit;
    this.metricName = from.metricName;
    this.windowSeconds = from.windowSeconds;
    this.forSeconds = from.forSeconds;
    this.keepFiringSeconds = from.keepFiringSeconds;
    this.labels = sorted(from.labels);
    this.annotations = sorted(from.annotations);
    this.summary = from.summary == null ? from.ruleName : from.summary;
    this.traceId = from.traceId;
    this.spanId = from.spanId;
    this.burnRate = from.burnRate;
  }

  private static SortedMap<String, String> sorted(Map<String, String> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  /** Whether nothing has changed since the event before. */
  public boolean isRepeat() {
    return state == previous;
  }

  /** A runbook for people, or null. */
  public String runbookUrl() {
    return annotations.get("runbook_url");
  }

  @Override
  public String eventName() {
    return AlertNames.EVENT;
  }

  @Override
  public long timeEpochNanos() {
    return timeEpochNanos;
  }

  @Override
  public io.opentelemetry.api.logs.Severity logSeverity() {
    return AlertRecord.severity(this);
  }

  @Override
  public String sentence() {
    return summary;
  }

  @Override
  public Attributes attributes() {
    return AlertRecord.attributes(this);
  }

  @Override
  public String toString() {
    return ruleName + labels + " " + previous.text() + " -> " + state.text() + ": " + summary;
  }

  /** Collects the fields of an event; those that are not set are unknown. */
  public static final class Builder {
    public String ruleId = "";
    public String ruleName = "";
    public String ruleType = "threshold";
    public String ruleVersion;
    public String fingerprint = "";
    public AlertState state = AlertState.INACTIVE;
    public AlertState previous = AlertState.INACTIVE;
    public Severity severity = Severity.MEDIUM;
    public long timeEpochNanos;
    public long startEpochNanos;
    public long firedEpochNanos;
    public long endEpochNanos;
    public String resolvedBy;
    public double value = Double.NaN;
    public double threshold = Double.NaN;
    public String operator;
    public String unit;
    public String metricName;
    public double windowSeconds = Double.NaN;
    public double forSeconds;
    public double keepFiringSeconds;
    public Map<String, String> labels = Collections.emptyMap();
    public Map<String, String> annotations = Collections.emptyMap();
    public String summary;
    public String traceId;
    public String spanId;
    public BurnRate burnRate;

    /** Makes the event. */
    public AlertEvent build() {
      return new AlertEvent(this);
    }
  }
}
