/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import io.vitals.bootstrap.Database;
import io.vitals.bootstrap.DbSpan;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the drain pays for a statement's text: read by the lexer the first time, remembered after.
 *
 * <p>The text is 200 characters with a join, literals and a list.
 *
 * <p>2026-11-21, OpenJDK 17.0.15+6-Debian, 2-core shared x86-64 machine at a load of 8, CPU time
 * and bytes of the thread:
 *
 * <pre>
 * remembered    17 ns      0 B
 * unknown     4.3 us  3,040 B
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StatementsBenchmark {
  private static final String SQL =
      "SELECT o.id, o.total, c.name FROM shop.orders o JOIN customers c ON c.id = o.customer_id"
          + " WHERE o.state IN ('new', 'paid', 'sent') AND o.total > 99.50 AND c.name LIKE 'Mc%'"
          + " ORDER BY o.id LIMIT 50";

  private static final String[] TEN = {
    "SELECT id, name FROM customers WHERE email = 'someone@example.com' AND active = ",
    "INSERT INTO orders (id, customer_id, total, placed_at) VALUES (?, ?, 99.50, now()) -- ",
    "UPDATE stock SET amount = amount - 1 WHERE item_id = ? AND amount >= ",
    "DELETE FROM sessions WHERE last_seen < '2026-11-01 00:00:00' AND id <> ",
    "SELECT count(*) FROM (SELECT DISTINCT o.customer_id FROM orders o JOIN lines l ON l.order_id ="
        + " o.id WHERE l.price > 10) t WHERE t.customer_id > ",
    "WITH recent AS (SELECT * FROM orders WHERE placed_at > ?) SELECT c.name, sum(r.total) FROM"
        + " recent r JOIN customers c ON c.id = r.customer_id GROUP BY c.name HAVING sum(r.total) > ",
    "MERGE INTO prices p USING new_prices n ON (p.id = n.id) WHEN MATCHED THEN UPDATE SET p.price ="
        + " n.price WHEN NOT MATCHED THEN INSERT (id, price) VALUES (n.id, n.price) -- ",
    "SELECT * FROM events WHERE kind IN ('created', 'paid', 'sent', 'returned') AND id IN (1, 2, 3,"
        + " 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16) LIMIT ",
    "{call refresh_totals('2026', 11)} -- ",
    "SELECT /*+ INDEX(o orders_by_state) */ \"o\".\"id\" FROM \"shop\".\"orders\" \"o\" WHERE"
        + " \"o\".\"state\" = 'it''s new' FETCH FIRST 20 ROWS ONLY -- ",
  };

  private final Statements statements = new Statements();
  private final Database database =
      new Database("jdbc:postgresql://db.example.com/shop", "org.postgresql.jdbc.PgConnection");
  private final DbSpan span = new DbSpan();
  private int number;

  /** A text that was seen before. */
  @Benchmark
  public Object remembered() {
    return read(SQL);
  }

  /** A text that was never seen, made of a common one: the concatenation is in the price. */
  @Benchmark
  public Object unknown() {
    return read(SQL + number++);
  }

  /** Ten statements as applications have them, each new: the price is one's. */
  @Benchmark
  @OperationsPerInvocation(10)
  public int tenUnknown() {
    int length = 0;
    number++;
    for (String statement : TEN) {
      length += read(statement + number).text.length();
    }
    return length;
  }

  private StatementInfo read(String sql) {
    span.database = database;
    span.sql = sql;
    return statements.of(span);
  }
}
