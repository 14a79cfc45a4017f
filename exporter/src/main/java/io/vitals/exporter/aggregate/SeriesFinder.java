/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.db.DatabaseInfo;
import io.vitals.exporter.db.StatementInfo;
import io.vitals.exporter.db.Statements;
import io.vitals.exporter.self.Counters;
import io.vitals.exporter.self.Drop;
import io.vitals.exporter.span.ErrorType;
import java.util.List;
import java.util.Set;

/**
 * Finds the series of a span by the attributes that the conventions put on its metric.
 *
 * <p>Confined to the holder of the drain lock. Cost: one look-up; a hit allocates nothing.
 */
final class SeriesFinder {
  private static final String OTHER_METHOD = "_OTHER";

  private final SeriesKey key = new SeriesKey();
  private final Authority authority = new Authority();
  private final Statements statements = new Statements();
  private final Set<String> knownMethods;
  private final HistogramMemory memory;
  private final Counters counters;
  private final SeriesTable[] tables = new SeriesTable[Metric.count()];

  SeriesFinder(AggregatorOptions options, Counters counters) {
    this.knownMethods = options.knownMethods;
    this.counters = counters;
    this.memory = new HistogramMemory(options.histogramBytes, counters);
    for (int i = 0; i < tables.length; i++) {
      tables[i] = new SeriesTable(Metric.at(i), options.seriesLimit, memory, counters);
    }
  }

  /**
   * The series of a span, or null if it is in no metric. What fails over a span, such as its
   * error's own text, must not cost its duration, which is the overflow's then.
   */
  Series find(Span span) {
    Metric metric = Metric.of(span);
    if (metric == null) {
      return null;
    }
    SeriesTable table = tables[metric.ordinal()];
    try {
      key.clear();
      key.errorType = ErrorType.of(span);
      if (span instanceof ServerSpan) {
        server((ServerSpan) span);
      } else if (span instanceof DbSpan) {
        database((DbSpan) span);
      } else {
        client((ClientSpan) span);
      }
      key.seal();
      return table.find(key);
    } catch (Throwable failure) {
      counters.dropped(Drop.DRAIN_FAILURE, 1);
      return table.overflow();
    }
  }

  /** The series of the pools with a name. */
  Series pool(Metric metric, String name) {
    key.clear();
    key.route = name;
    key.seal();
    return tables[metric.ordinal()].find(key);
  }

  private void server(ServerSpan span) {
    key.method = method(span.method);
    key.route = span.route;
    key.status = span.status();
    key.protocol = span.protocol();
    key.https = span.https();
  }

  private void client(ClientSpan span) {
    key.method = method(span.method);
    key.status = span.status();
    key.protocol = span.protocol();
    authority.read(span.url);
    key.route = authority.host;
    key.port = authority.port;
  }

  private void database(DbSpan span) {
    DatabaseInfo database = DatabaseInfo.of(span.database);
    key.method = database.system;
    key.namespace = database.namespace;
    key.route = database.address;
    key.port = database.address == null ? 0 : database.port;
    StatementInfo statement = statements.of(span);
    span.sql = statement;
    key.summary = statement.summary;
    key.operation = statement.operation == null ? span.operation : statement.operation;
    key.collection = statement.collection;
  }

  private String method(String method) {
    return method != null && knownMethods.contains(method) ? method : OTHER_METHOD;
  }

  Series overflow(Metric metric) {
    return tables[metric.ordinal()].overflow();
  }

  void take(List<SeriesInterval> into) {
    for (SeriesTable table : tables) {
      table.take(into);
    }
    memory.tick();
  }

  void tidy() {
    for (SeriesTable table : tables) {
      table.tidy();
    }
  }

  /** How many series a metric has, without that of the overflow. */
  int size(Metric metric) {
    return tables[metric.ordinal()].size();
  }
}
