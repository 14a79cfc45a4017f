/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.db.DatabaseInfo;
import io.vitals.exporter.db.StatementInfo;

/** Names database spans and gives them their attributes. */
final class DbAttributes implements SpanDescriber {
  private static final String UNKNOWN_SYSTEM = "other_sql";

  private final SpanOptions options;

  DbAttributes(SpanOptions options) {
    this.options = options;
  }

  @Override
  public String describe(Span described, SpanAttributes into) {
    DbSpan span = (DbSpan) described;
    put(span, into);
    return name(span);
  }

  /**
   * The summary; else the operation of a transaction's end alone; else operation and target; else
   * one of them; else the system.
   */
  private static String name(DbSpan span) {
    StatementInfo statement = statement(span);
    if (statement != null && statement.summary != null && !statement.summary.isEmpty()) {
      return statement.summary;
    }
    if (span.operation != null) {
      return span.operation;
    }
    DatabaseInfo database = database(span);
    String operation = operation(span, statement);
    String target = target(statement, database);
    if (operation != null) {
      return target == null ? operation : operation + " " + target;
    }
    if (target != null) {
      return target;
    }
    return database == null || database.system == null ? UNKNOWN_SYSTEM : database.system;
  }

  private static String target(StatementInfo statement, DatabaseInfo database) {
    if (statement != null && statement.collection != null) {
      return statement.collection;
    }
    if (statement != null && statement.procedure != null) {
      return statement.procedure;
    }
    if (database == null) {
      return null;
    }
    if (database.namespace != null) {
      return database.namespace;
    }
    return database.address == null || database.port <= 0
        ? database.address
        : database.address + ":" + database.port;
  }

  private void put(DbSpan span, SpanAttributes into) {
    DatabaseInfo database = database(span);
    into.putCommon(
        Keys.DB_SYSTEM,
        database == null || database.system == null ? UNKNOWN_SYSTEM : database.system);
    if (database != null) {
      into.putCommon(Keys.DB_NAMESPACE, database.namespace);
      into.putCommon(Keys.SERVER_ADDRESS, database.address);
      if (database.address != null && database.port > 0) {
        into.putCommon(Keys.SERVER_PORT, database.port);
      }
      PeerService.put(options.peerServices, database.address, database.port, into);
    }
    StatementInfo statement = statement(span);
    if (statement != null) {
      into.putCommon(Keys.DB_TEXT, statement.text);
      into.putCommon(Keys.DB_SUMMARY, statement.summary);
      into.putCommon(Keys.DB_COLLECTION, statement.collection);
      into.putCommon(Keys.DB_PROCEDURE, statement.procedure);
    }
    into.putCommon(Keys.DB_OPERATION, operation(span, statement));
    // The conventions: never 1, which is no batch but a statement.
    if (span.batchSize >= 0 && span.batchSize != 1) {
      into.putCommon(Keys.DB_BATCH_SIZE, span.batchSize);
    }
    into.putCommon(Keys.ERROR_TYPE, ErrorType.of(span));
    if (span.error instanceof Throwable) {
      into.putCommon(
          Keys.DB_RESPONSE_CODE, ErrorType.responseCode(ErrorType.unwrap((Throwable) span.error)));
    }
  }

  private static String operation(DbSpan span, StatementInfo statement) {
    return statement != null && statement.operation != null ? statement.operation : span.operation;
  }

  private static StatementInfo statement(DbSpan span) {
    return span.sql instanceof StatementInfo ? (StatementInfo) span.sql : null;
  }

  private static DatabaseInfo database(DbSpan span) {
    return span.database == null ? null : DatabaseInfo.of(span.database);
  }
}
