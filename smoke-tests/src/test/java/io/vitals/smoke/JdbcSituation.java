/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static io.vitals.smoke.DbCall.AMOUNT;
import static io.vitals.smoke.DbCall.CHANGE;
import static io.vitals.smoke.DbCall.CLEAN;
import static io.vitals.smoke.DbCall.COUNT;
import static io.vitals.smoke.DbCall.INSERT;
import static io.vitals.smoke.DbCall.ITEM;
import static io.vitals.smoke.DbCall.NEW;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The situations of the program {@code JdbcContract}, each with the calls that have to show. */
enum JdbcSituation {
  STATEMENT(COUNT, COUNT, CHANGE, CHANGE),
  LARGE(CHANGE, CHANGE.batch(2)),
  PREPARED(ITEM, ITEM, ITEM, AMOUNT, AMOUNT),
  PREPARED_LITERAL(
      DbCall.of("select orders", "select count(*) from orders where item <> ? and id < ?")),
  PREPARED_LARGE(AMOUNT),
  CALL(fixture -> fixture.dialect.calling()),
  LITERALS(
      fixture ->
          List.of(
              DbCall.of(
                  "select orders",
                  "select id from orders where item in (?) or id in (?) or item = ?"),
              fixture.dialect.literals())),
  BROKEN(DbCall.of("select nowhere", "select nothing from nowhere").refused(), COUNT),
  DUPLICATE(NEW.refused(), NEW.refused()),
  CLOSED(ITEM.refused()),
  REUSED(ITEM, COUNT, ITEM, COUNT, ITEM, COUNT),
  UNWRAPPED(COUNT, ITEM, ITEM),
  KEYS(
      fixture -> {
        List<DbCall> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          calls.add(DbCall.of("insert receipts", "insert into receipts (item) values (?)"));
          calls.addAll(fixture.dialect.askingForKeys());
        }
        return calls;
      }),
  SCROLLING(
      DbCall.of("select orders", "select id from orders order by id"),
      DbCall.of("select orders", "select id from orders order by id")),
  COMMIT(fixture -> fixture.withEnd("COMMIT", AMOUNT)),
  ROLLBACK(
      fixture ->
          fixture.withEnd(
              "ROLLBACK", DbCall.of("delete orders", "delete from orders where id < ?"))),
  BATCH(INSERT.batch(2), CLEAN),
  BATCH_MIXED(
      DbCall.mixedBatch(2, "insert into orders values (?, ?, ?); delete from orders where id = ?")),
  BATCH_LONG(CHANGE.batch(100)),
  BATCH_PREPARED(fixture -> fixture.withEnd("COMMIT", AMOUNT.batch(3), AMOUNT.batch(3))),
  BATCH_OF_ONE(CHANGE, AMOUNT),
  BATCH_EMPTY(DbCall.emptyBatch()),
  BATCH_EMPTY_PREPARED(AMOUNT.batch(0)),
  BATCH_CLEARED(CHANGE.batch(2), AMOUNT.batch(2)),
  BATCH_FAILING(INSERT.batch(3).refused(), CLEAN),
  BATCH_FAILING_PREPARED(NEW.batch(2).refused(), CLEAN),
  SOURCE(
      fixture -> {
        List<DbCall> calls = new ArrayList<>(fixture.dialect.connectingBySource());
        calls.add(DbCall.of("create table basket", "create table basket (id int)"));
        calls.add(DbCall.of("insert basket", "insert into basket values (?)"));
        calls.add(DbCall.of("select basket", "select count(*) from basket where id > ?"));
        calls.add(DbCall.of("drop table basket", "drop table basket"));
        return calls;
      }),
  OTHER_THREAD(ITEM),
  PLAIN_THREAD(ITEM),
  CROWD(fixture -> Collections.nCopies(500, ITEM), 101),
  CANCELLED(fixture -> List.of(fixture.dialect.slow().refused())),
  TIMED_OUT(fixture -> List.of(fixture.dialect.slow().refused()));

  private final Function<JdbcFixture, List<DbCall>> calls;
  private final int connections;

  JdbcSituation(DbCall... calls) {
    this(fixture -> List.of(calls));
  }

  JdbcSituation(Function<JdbcFixture, List<DbCall>> calls) {
    this(calls, 1);
  }

  JdbcSituation(Function<JdbcFixture, List<DbCall>> calls, int connections) {
    this.calls = calls;
    this.connections = connections;
  }

  /** What the program calls it. */
  String page() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The calls, after those that the driver makes itself when it connects. */
  List<DbCall> calls(JdbcFixture fixture) {
    List<DbCall> all = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      all.addAll(fixture.dialect.connecting());
    }
    all.addAll(calls.apply(fixture));
    return all;
  }

  /** Whether all its calls belong to the page that they are made for. */
  boolean belongsToItsPage() {
    return this != PLAIN_THREAD;
  }
}
