/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import io.vitals.exporter.aggregate.DistributionSum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives each expression the sources, readings and pasts that it needs, one for all that mean the
 * same; takes them over from the binding before where they are the same.
 */
final class Binding {
  final Map<String, Source> sources = new LinkedHashMap<>();
  final Map<List<String>, GroupSpace> spaces = new HashMap<>();
  final Map<String, Pasts> pasts = new HashMap<>();
  final Map<Expression, Bound> bounds = new HashMap<>();
  private final Map<String, Reading> readings = new HashMap<>();
  private final Map<String, List<Query>> queries = new HashMap<>();
  private final Map<List<String>, GroupSpace> spacesBefore;
  private final Track spans;
  private final Track others;
  private final Room room;
  private final DistributionSum scratch;

  /** Binds expressions; {@code before} may be null. */
  Binding(
      Collection<Expression> used,
      Binding before,
      Track spans,
      Track others,
      Room room,
      DistributionSum scratch) {
    this.spans = spans;
    this.others = others;
    this.room = room;
    this.scratch = scratch;
    this.spacesBefore =
        before == null ? Collections.<List<String>, GroupSpace>emptyMap() : before.spaces;
    Set<Expression> distinct = new LinkedHashSet<>(used);
    for (Expression expression : distinct) {
      for (Query query : expression.queries()) {
        source(query, before);
      }
    }
    sources.forEach(
        (key, source) -> {
          List<Query> reading = queries.get(key);
          source.keep(Retention.of(reading), timeline(reading.get(0)).end());
        });
    spans.keep(retention(true));
    others.keep(retention(false));
    for (Expression expression : distinct) {
      bounds.put(expression, bind(expression, before));
    }
  }

  private void source(Query query, Binding before) {
    String key = query.sourceKey();
    queries.computeIfAbsent(key, added -> new ArrayList<>()).add(query);
    if (!sources.containsKey(key)) {
      Source known = before == null ? null : before.sources.get(key);
      sources.put(key, known == null ? made(query) : known);
    }
  }

  private Source made(Query query) {
    return new Source(query, space(query.by), timeline(query).end(), room);
  }

  private Track timeline(Query query) {
    return query.metric.spans == null ? others : spans;
  }

  private GroupSpace space(List<String> by) {
    return spaces.computeIfAbsent(
        by, added -> spacesBefore.getOrDefault(added, new GroupSpace(added)));
  }

  /** What the time of all spans, or of everything else, is needed for; no more than its length. */
  private Retention retention(boolean ofSpans) {
    List<Query> all = new ArrayList<>();
    for (List<Query> some : queries.values()) {
      for (Query query : some) {
        if ((query.metric.spans != null) == ofSpans) {
          all.add(query.lengthOnly());
        }
      }
    }
    return Retention.of(all);
  }

  private Bound bind(Expression expression, Binding before) {
    List<Reading> read = new ArrayList<>();
    Set<Source> grouped = new LinkedHashSet<>();
    for (Query query : expression.queries()) {
      Reading reading = reading(query);
      if (!read.contains(reading)) {
        read.add(reading);
      }
      if (!query.by.isEmpty()) {
        grouped.add(reading.source);
      }
    }
    Term root = expression.root();
    return new Bound(
        space(root.by),
        Collections.unmodifiableList(read),
        Collections.unmodifiableList(new ArrayList<>(grouped)),
        root.isCondition() ? check(root, before) : null,
        root.isCondition() ? null : node(root));
  }

  private Reading reading(Query query) {
    return readings.computeIfAbsent(
        query.text(),
        added -> new Reading(query, sources.get(query.sourceKey()), timeline(query), scratch));
  }

  private Check check(Term term, Binding before) {
    if (term instanceof Term.Comparison) {
      Term.Comparison comparison = (Term.Comparison) term;
      return new Check.Compared(
          comparison.comparator, node(comparison.value), node(comparison.limit));
    }
    if (term instanceof Term.Junction) {
      Term.Junction junction = (Term.Junction) term;
      return new Check.Joined(
          junction.operator, check(junction.left, before), check(junction.right, before));
    }
    if (term instanceof Term.Anomaly) {
      Term.Anomaly anomaly = (Term.Anomaly) term;
      return new Check.Unusual(
          node(anomaly.of),
          anomaly.deviations,
          leastDeviation(anomaly.of.unit),
          pasts(anomaly.of, before));
    }
    return new Check.Absent(reading(((Term.Absence) term).query));
  }

  private Pasts pasts(Term of, Binding before) {
    Pasts known = pasts.get(of.text());
    if (known == null) {
      known = before == null ? null : before.pasts.get(of.text());
      known = known == null ? new Pasts(space(of.by), room) : known;
      pasts.put(of.text(), known);
    }
    return known;
  }

  /** What a value that has always been 0 may differ by. */
  private static double leastDeviation(Unit unit) {
    switch (unit) {
      case DURATION:
        return 0.001;
      case BYTES:
        return 1 << 20;
      case BYTES_PER_SECOND:
        return 1 << 10;
      case RATIO:
        return 0.001;
      case PER_SECOND:
        return 1.0 / 60;
      default:
        return 1;
    }
  }

  private Node node(Term term) {
    if (term instanceof Term.Literal) {
      return new Node.Constant(((Term.Literal) term).value);
    }
    if (term instanceof Term.Negation) {
      return new Node.Negative(node(((Term.Negation) term).of));
    }
    if (term instanceof Term.Arithmetic) {
      Term.Arithmetic arithmetic = (Term.Arithmetic) term;
      return new Node.Calculated(
          arithmetic.operator, node(arithmetic.left), node(arithmetic.right));
    }
    return new Node.Measured(reading(((Term.Read) term).query));
  }
}
