/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.util.Map;
import java.util.TreeMap;

/**
 * The span that one call of the JDBC contract has to be.
 *
 * @param name the span's name, which is the summary but for the ends of transactions
 * @param attributes those that tell of the statement, not of its database
 * @param failed whether the database refuses the call
 */
record DbCall(String name, Map<String, Object> attributes, boolean failed) {
  static final DbCall COUNT =
      of("select orders", "select count(*) from orders where item <> ? and amount < ?");
  static final DbCall ITEM = of("SELECT orders", "SELECT item FROM orders WHERE id = ?");
  static final DbCall AMOUNT = of("UPDATE orders", "UPDATE orders SET amount = ? WHERE id = ?");
  static final DbCall CHANGE = of("update orders", "update orders set amount = ? where id = ?");
  static final DbCall INSERT = of("insert orders", "insert into orders values (?, ?, ?)");
  static final DbCall NEW =
      of("insert orders", "insert into orders (id, item, amount) values (?, ?, ?)");
  static final DbCall CLEAN = of("delete orders", "delete from orders where id > ?");

  /** What MySQL's driver asks before it calls a procedure; its text is the driver's own. */
  static final DbCall PARAMETERS =
      new DbCall("SELECT INFORMATION_SCHEMA.PARAMETERS", Map.of(), false)
          .with("db.query.summary", "SELECT INFORMATION_SCHEMA.PARAMETERS");

  static DbCall of(String summary, String text) {
    return new DbCall(summary, Map.of(), false)
        .with("db.query.summary", summary)
        .with("db.query.text", text);
  }

  /** A commit or rollback. */
  static DbCall end(String operation) {
    return new DbCall(operation, Map.of(), false).with("db.operation.name", operation);
  }

  /** A batch of that many. */
  DbCall batch(long size) {
    return new DbCall("BATCH " + name, attributes, failed)
        .with("db.query.summary", "BATCH " + name)
        .with("db.operation.batch.size", size);
  }

  /** A batch of statements that have nothing in common. */
  static DbCall mixedBatch(long size, String text) {
    return new DbCall("BATCH", Map.of(), false)
        .with("db.query.summary", "BATCH")
        .with("db.query.text", text)
        .with("db.operation.batch.size", size);
  }

  /** An empty batch of a statement without a text. */
  static DbCall emptyBatch() {
    return new DbCall("BATCH", Map.of(), false)
        .with("db.query.summary", "BATCH")
        .with("db.operation.batch.size", 0L);
  }

  DbCall refused() {
    return new DbCall(name, attributes, true);
  }

  DbCall with(String attribute, Object value) {
    Map<String, Object> more = new TreeMap<>(attributes);
    more.put(attribute, value);
    return new DbCall(name, more, failed);
  }
}
