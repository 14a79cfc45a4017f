/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import io.vitals.exporter.alert.MeasureReader;
import io.vitals.exporter.otlp.LogEvent;
import io.vitals.exporter.rule.Expression;
import io.vitals.exporter.rule.Measures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Looks every ten seconds, or as often as the file says, how the process and its dependencies are
 * doing.
 *
 * <p>Runs on the thread that evaluates the rules, over the same measures; {@link #report} may be
 * read by any.
 */
public final class HealthModel implements MeasureReader {
  static final long USUAL_LOOK_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** A dependency that nobody has called for so long is none any more. */
  private static final long FORGOTTEN_NANOS = TimeUnit.HOURS.toNanos(1);

  /** An active check answers (100) or does not (0). */
  private static final Bounds FAILURE = new Bounds(0.25, 0.5);

  /** More dependencies than one process has; more are counted into none. */
  private static final int MOST_WATCHED = 200;

  /** Made when they are first asked for, which is not while the application starts. */
  private final List<Check> checks = new ArrayList<>();

  private final List<Expression> expressions = new ArrayList<>();
  private final Map<Object, Watched> watched = new LinkedHashMap<>();
  private final Map<String, Said> said = new HashMap<>();
  private final Consumer<LogEvent> events;
  private final LongSupplier aheadNanos;
  private final ActiveChecks active;
  private long lookNanos = USUAL_LOOK_NANOS;
  private long dueEpochNanos;
  private volatile HealthReport report = HealthReport.NONE;

  /** The word for a component, and the one that would be said next time. */
  private static final class Said {
    HealthState state = HealthState.HEALTHY;
    HealthState next = HealthState.HEALTHY;
  }

  /**
   * Makes a model that tells of each change.
   *
   * @param aheadNanos by how much the clock that people read is ahead of that of the looks
   */
  public HealthModel(Consumer<LogEvent> events, LongSupplier aheadNanos) {
    this.events = events;
    this.aheadNanos = aheadNanos;
    this.active = new ActiveChecks(System::nanoTime);
  }

  /** Goes on with what the file says now; on the thread that evaluates the rules. */
  public void use(HealthSettings settings) {
    lookNanos = settings.lookNanos;
    active.use(settings.checks);
  }

  /** Ends the active checks. */
  public void close() {
    active.end();
  }

  @Override
  public Collection<Expression> expressions() {
    if (checks.isEmpty()) {
      checks.addAll(Check.standard());
      for (Check check : checks) {
        expressions.add(check.expression);
      }
    }
    return expressions;
  }

  /** How everything was doing at the last look. */
  public HealthReport report() {
    return report;
  }

  @Override
  public void read(Measures measures, long now) {
    if (now < dueEpochNanos) {
      return;
    }
    // A look may come a little early.
    dueEpochNanos = now + lookNanos * 9 / 10;
    for (Check check : checks) {
      measures.values(
          check.expression,
          now,
          (labels, value, samples) -> see(check, labels, value, samples, now));
    }
    for (ActiveCheck check : active.all()) {
      see(check, now);
    }
    watched.values().removeIf(each -> now - each.seenEpochNanos > FORGOTTEN_NANOS);
    Map<String, List<Watched>> components = new LinkedHashMap<>();
    Set<String> known = new HashSet<>();
    for (Watched each : watched.values()) {
      known.add(each.component);
      double value = each.seenEpochNanos == now ? each.value : Double.NaN;
      if (!Double.isNaN(value)) {
        components.computeIfAbsent(each.component, name -> new ArrayList<>()).add(each);
      }
    }
    // What nobody calls for a while is still what was said of it last.
    said.keySet().retainAll(known);
    report = report(components, now + aheadNanos.getAsLong());
  }

  private void see(
      Check check, SortedMap<String, String> labels, double value, long samples, long now) {
    Object key = Arrays.asList(check.name, check.component, labels);
    Watched found = watched.get(key);
    if (found == null) {
      if (watched.size() >= MOST_WATCHED) {
        return;
      }
      found =
          new Watched(
              check.bounds, check.expression.unit(), check.component(labels), check.name(labels));
      watched.put(key, found);
    }
    found.see(samples < check.fewest ? Double.NaN : value, now);
  }

  /** Active checks are few and asked for, so they always have room. */
  private void see(ActiveCheck check, long now) {
    CheckOutcome outcome = check.outcome();
    if (outcome == null) {
      return;
    }
    String component = component(check);
    Watched failure =
        watched.computeIfAbsent(
            Arrays.asList("failure", check.settings.identity),
            key -> new Watched(FAILURE, "1", component, "failure"));
    failure.failure = outcome.failure;
    failure.see(outcome.failure == null ? 0 : 1, now);
    watched
        .computeIfAbsent(
            Arrays.asList("duration", check.settings.identity),
            key -> new Watched(check.settings.seconds, "s", component, "duration"))
        .see(outcome.seconds, now);
  }

  private static String component(ActiveCheck check) {
    return "check " + check.settings.name;
  }

  /** What the successful attempts of the last runs took, in seconds, by component. */
  Map<String, Double> checkSeconds() {
    Map<String, Double> all = new LinkedHashMap<>();
    for (ActiveCheck check : active.all()) {
      CheckOutcome outcome = check.outcome();
      if (outcome != null && outcome.failure == null) {
        all.put(component(check), outcome.seconds);
      }
    }
    return all;
  }

  private HealthReport report(Map<String, List<Watched>> components, long now) {
    List<HealthReport.Component> all = new ArrayList<>();
    double worst = 100;
    HealthState worstState = HealthState.HEALTHY;
    for (Map.Entry<String, List<Watched>> entry : components.entrySet()) {
      List<HealthReport.CheckResult> results = new ArrayList<>();
      double score = 100;
      Watched cause = entry.getValue().get(0);
      for (Watched each : entry.getValue()) {
        double of = each.bounds.score(each.value);
        if (of < score) {
          score = of;
          cause = each;
        }
        results.add(new HealthReport.CheckResult(each, of));
      }
      HealthState state = say(entry.getKey(), score, cause, now);
      worst = Math.min(worst, score);
      worstState = state.compareTo(worstState) > 0 ? state : worstState;
      all.add(new HealthReport.Component(entry.getKey(), state, score, results));
    }
    return new HealthReport(now, worstState, worst, all);
  }

  private HealthState say(String component, double score, Watched cause, long now) {
    Said of = said.computeIfAbsent(component, name -> new Said());
    HealthState seen = HealthState.of(score);
    if (seen != of.state && seen == of.next) {
      events.accept(new HealthEvent(component, of.state, seen, score, cause, now));
      of.state = seen;
    }
    of.next = seen;
    return of.state;
  }
}
