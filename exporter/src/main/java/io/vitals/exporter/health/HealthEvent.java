/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.Severity;
import io.vitals.exporter.otlp.LogEvent;
import java.util.Locale;

/** That a component is doing better or worse than before: {@code vitals.health.state_change}. */
final class HealthEvent implements LogEvent {
  private final String component;
  private final HealthState previous;
  private final HealthState state;
  private final double score;
  private final String check;
  private final double value;

  /** Why the peer of an active check does not answer, or null. */
  private final ProbeFailure failure;

  private final long timeEpochNanos;

  HealthEvent(
      String component,
      HealthState previous,
      HealthState state,
      double score,
      Watched cause,
      long timeEpochNanos) {
    this.component = component;
    this.previous = previous;
    this.state = state;
    this.score = score;
    this.check = cause.name;
    this.value = cause.value;
    this.failure = cause.failure;
    this.timeEpochNanos = timeEpochNanos;
  }

  @Override
  public String eventName() {
    return "vitals.health.state_change";
  }

  @Override
  public long timeEpochNanos() {
    return timeEpochNanos;
  }

  @Override
  public Severity logSeverity() {
    switch (state) {
      case UNHEALTHY:
        return Severity.ERROR;
      case DEGRADED:
        return Severity.WARN;
      default:
        return Severity.INFO;
    }
  }

  @Override
  public String sentence() {
    String cause =
        failure == null
            ? String.format(Locale.ROOT, "%s is %.4g", check, value)
            : failure.getMessage();
    return String.format(
        Locale.ROOT, "%s is %s (score %.0f): %s", component, state.text(), score, cause);
  }

  @Override
  public Attributes attributes() {
    AttributesBuilder all = Attributes.builder();
    if (failure != null) {
      all.put(stringKey("error.type"), failure.type);
    }
    return all.put(stringKey("vitals.health.component"), component)
        .put(stringKey("vitals.health.state"), state.text())
        .put(stringKey("vitals.health.state.previous"), previous.text())
        .put(doubleKey("vitals.health.score"), score)
        .put(stringKey("vitals.health.check"), check)
        .put(doubleKey("vitals.health.value"), value)
        .build();
  }
}
