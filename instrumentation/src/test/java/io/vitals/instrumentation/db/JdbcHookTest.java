/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.Jdbc;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Sink;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs H2 with the hook's advice inlined, directly and through a pool and a wrapper. */
class JdbcHookTest {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final WovenLoader LOADER =
      new WovenLoader(new JdbcHook(), "org.h2.", "com.zaxxer.hikari.");
  private static Driver h2;

  private final List<DbSpan> spans = Collections.synchronizedList(new ArrayList<>());
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  private final String url = "jdbc:h2:mem:hook" + DATABASES.incrementAndGet();
  private final Properties given = new Properties();
  private Sink before;
  private Connection connection;

  @BeforeAll
  static void load() throws Exception {
    h2 = (Driver) LOADER.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
  }

  @BeforeEach
  void connect() throws SQLException {
    before = Probe.install(new DbSpanSink(spans, failures));
    given.setProperty("user", "sa");
    connection = h2.connect(url, given);
    run("CREATE TABLE orders(id INT PRIMARY KEY, name VARCHAR(50))");
    spans.clear();
  }

  @AfterEach
  void restore() throws SQLException {
    connection.close();
    Jdbc.transactions = false;
    Probe.install(before);
    assertThat(Current.span()).as("left open").isNull();
    assertThat(failures).isEmpty();
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private DbSpan only() {
    assertThat(spans).hasSize(1);
    return spans.get(0);
  }

  private void assertOnly(Object sql) {
    DbSpan span = only();
    assertThat(span.sql).isEqualTo(sql);
    assertThat(span.database.url).isEqualTo(url);
    assertThat(span.error).isNull();
    assertThat(span.endNanos).isGreaterThanOrEqualTo(span.startNanos);
  }

  @Test
  void statement_makesOneSpanWithItsTextAndDatabase() throws SQLException {
    run("INSERT INTO orders VALUES (1, 'bob')");

    assertOnly("INSERT INTO orders VALUES (1, 'bob')");
    assertThat(only().prepared).isFalse();
    assertThat(only().batchSize).isEqualTo(-1);
    assertThat(only().database.user).isEqualTo("sa");
    assertThat(only().database.connectionClass).isEqualTo("org.h2.jdbc.JdbcConnection");
  }

  @Test
  void everyWayToExecuteAText_makesOneSpan() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      statement.execute("SELECT 1", Statement.RETURN_GENERATED_KEYS);
      statement.execute("SELECT 1", new int[] {1});
      statement.execute("SELECT 1", new String[] {"a"});
      statement.executeQuery("SELECT 1");
      statement.executeUpdate("DELETE FROM orders");
      statement.executeUpdate("DELETE FROM orders", Statement.RETURN_GENERATED_KEYS);
      statement.executeLargeUpdate("DELETE FROM orders");
    }

    assertThat(spans)
        .hasSize(8)
        .allSatisfy(span -> assertThat(span.sql).isInstanceOf(String.class));
  }

  @Test
  void preparedStatement_makesOneSpanAnExecution() throws SQLException {
    String sql = "SELECT * FROM orders WHERE id = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < 3; i++) {
        statement.setInt(1, i);
        statement.executeQuery();
      }
    }

    assertThat(spans).hasSize(3).allSatisfy(span -> assertThat(span.sql).isEqualTo(sql));
    assertThat(spans).allSatisfy(span -> assertThat(span.prepared).isTrue());
    assertThat(spans).allSatisfy(span -> assertThat(span.database.url).isEqualTo(url));
  }

  @Test
  void callableStatement_makesOneSpan() throws SQLException {
    try (CallableStatement statement = connection.prepareCall("{call ABS(?)}")) {
      statement.setInt(1, -5);
      statement.execute();
    }

    assertOnly("{call ABS(?)}");
  }

  @Test
  void batchOfTexts_isOneSpanWithAllOfThem() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < 5; i++) {
        statement.addBatch("INSERT INTO orders VALUES (" + i + ", 'x')");
      }
      statement.executeBatch();
    }

    assertThat(only().batchSize).isEqualTo(5);
    assertThat((String[]) only().sql)
        .startsWith("INSERT INTO orders VALUES (0, 'x')")
        .contains("INSERT INTO orders VALUES (4, 'x')");
  }

  @Test
  void longBatch_countsAllAndKeepsSomeTexts() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < 1000; i++) {
        statement.addBatch("INSERT INTO orders VALUES (" + i + ", 'x')");
      }
      statement.executeLargeBatch();
    }

    assertThat(only().batchSize).isEqualTo(1000);
    assertThat((String[]) only().sql).hasSizeLessThan(100).doesNotContainNull();
  }

  @Test
  void batchOfValues_isOneSpanWithTheTextOnce() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO orders VALUES (?, 'x')")) {
      for (int i = 0; i < 3; i++) {
        statement.setInt(1, i);
        statement.addBatch();
      }
      statement.executeBatch();
      statement.executeBatch();
    }

    assertThat(spans).hasSize(2);
    assertThat(spans.get(0).batchSize).isEqualTo(3);
    assertThat(spans.get(0).sql).isEqualTo("INSERT INTO orders VALUES (?, 'x')");
    assertThat(spans.get(1).batchSize).isEqualTo(0);
  }

  @Test
  void clearedBatch_isEmpty() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("DELETE FROM orders");
      statement.clearBatch();
      statement.executeBatch();
    }

    assertThat(only().batchSize).isEqualTo(0);
    assertThat(only().sql).isNull();
  }

  @Test
  void failure_reachesTheApplicationAndTheSpan() throws SQLException {
    assertThatThrownBy(() -> run("SELECT * FROM nowhere")).isInstanceOf(SQLException.class);

    assertThat(only().error).isInstanceOf(SQLException.class);
    assertThat(only().sql).isEqualTo("SELECT * FROM nowhere");
  }

  @Test
  void commitAndRollback_makeSpansWhereAskedFor() throws SQLException {
    connection.setAutoCommit(false);
    connection.commit();
    assertThat(spans).isEmpty();

    Jdbc.transactions = true;
    connection.commit();
    connection.rollback();

    assertThat(spans).extracting(span -> span.operation).containsExactly("COMMIT", "ROLLBACK");
    assertThat(spans).allSatisfy(span -> assertThat(span.database.url).isEqualTo(url));
  }

  @Test
  void statementsOfARequest_areItsChildren() throws SQLException {
    Current current = Current.get();
    ServerSpan request = Probe.startServer(current, "/");
    run("SELECT 1");
    run("SELECT 2");
    Probe.end(current, request, null);

    assertThat(spans)
        .hasSize(2)
        .allSatisfy(span -> assertThat(span.parentSpanId).isEqualTo(request.spanId));
  }

  @Test
  void pool_isCountedOnce() throws Exception {
    DataSource pool = pool();
    try (Connection pooled = pool.getConnection()) {
      assertThat(pooled.getClass().getName()).startsWith("com.zaxxer.hikari");
      assertThat(LOADER.woven).contains(pooled.getClass().getName());
      spans.clear();
      try (Statement statement = pooled.createStatement()) {
        statement.execute("SELECT 1");
        assertOnly("SELECT 1");
        spans.clear();
        statement.addBatch("DELETE FROM orders");
        statement.addBatch("DELETE FROM orders WHERE id = 1");
        statement.executeBatch();
      }
      assertThat(only().batchSize).isEqualTo(2);
      assertThat(only().database.url).isEqualTo(url);
      spans.clear();
      try (PreparedStatement statement = pooled.prepareStatement("SELECT ?")) {
        statement.setInt(1, 1);
        statement.executeQuery();
        assertOnly("SELECT ?");
        assertThat(only().prepared).isTrue();
        spans.clear();
      }
      try (PreparedStatement statement = pooled.prepareStatement("DELETE FROM orders WHERE id=?")) {
        statement.setInt(1, 1);
        statement.addBatch();
        statement.setInt(1, 2);
        statement.addBatch();
        statement.executeBatch();
      }
      assertOnly("DELETE FROM orders WHERE id=?");
      assertThat(only().batchSize).isEqualTo(2);
      Jdbc.transactions = true;
      spans.clear();
      pooled.setAutoCommit(false);
      pooled.prepareStatement("DELETE FROM orders").executeUpdate();
      pooled.commit();
      assertThat(spans).hasSize(2);
      assertThat(spans.get(1).operation).isEqualTo("COMMIT");
      assertThat(spans.get(1).database.url).isEqualTo(url);
    } finally {
      ((AutoCloseable) pool).close();
    }
  }

  private DataSource pool() throws Exception {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(LOADER);
    try {
      Class<?> type = LOADER.loadClass("com.zaxxer.hikari.HikariDataSource");
      Object pool = type.getDeclaredConstructor().newInstance();
      type.getMethod("setDriverClassName", String.class).invoke(pool, "org.h2.Driver");
      type.getMethod("setJdbcUrl", String.class).invoke(pool, url);
      type.getMethod("setUsername", String.class).invoke(pool, "sa");
      type.getMethod("setPassword", String.class).invoke(pool, "");
      return (DataSource) pool;
    } finally {
      Thread.currentThread().setContextClassLoader(context);
    }
  }

  @Test
  void dataSourceWithoutDriver_knowsItsUrl() throws Exception {
    Class<?> type = LOADER.loadClass("org.h2.jdbcx.JdbcDataSource");
    DataSource source = (DataSource) type.getDeclaredConstructor().newInstance();
    type.getMethod("setURL", String.class).invoke(source, url);
    try (Connection other = source.getConnection("sa", "");
        Statement statement = other.createStatement()) {
      statement.execute("SELECT 1");
    }

    assertOnly("SELECT 1");
  }

  @Test
  void unknownConnection_isKnownByItsClass() throws SQLException {
    // As if the connection was opened before the agent came: nothing has remembered it.
    DbSpan span = Jdbc.execute(new Object(), "SELECT 1");
    Jdbc.end("a statement", span, null);

    assertThat(only().database.url).isNull();
    assertThat(only().database.connectionClass).isEqualTo("java.lang.String");
  }

  @Test
  void statementsWhileTheDriverConnects_knowTheUrl() {
    String before = Jdbc.connecting("jdbc:sqlite:x.db");
    DbSpan span = Jdbc.execute(new Object(), "pragma busy_timeout=3000");
    Jdbc.end("a statement", span, null);
    Jdbc.connected(null, "jdbc:sqlite:x.db", null, before);
    DbSpan later = Jdbc.execute(new Object(), "SELECT 1");
    Jdbc.end("a statement", later, null);

    assertThat(spans.get(0).database.url).isEqualTo("jdbc:sqlite:x.db");
    assertThat(spans.get(1).database.url).isNull();
  }

  @Test
  void connectionThatFails_leavesNothingBehind() {
    Properties wrong = new Properties();
    wrong.setProperty("user", "nobody");
    assertThatThrownBy(() -> h2.connect(url + ";IFEXISTS=TRUE;CIPHER=NONE", wrong))
        .isInstanceOf(SQLException.class);
    DbSpan span = Jdbc.execute(new Object(), "SELECT 1");
    Jdbc.end("a statement", span, null);

    assertThat(only().database.url).isNull();
  }

  @Test
  void manyThreads_eachSeeTheirOwnStatements() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    for (int t = 0; t < 8; t++) {
      int id = t;
      Thread thread =
          new Thread(
              () -> {
                try (Connection own = h2.connect(url, given)) {
                  for (int i = 0; i < 100; i++) {
                    try (PreparedStatement statement = own.prepareStatement("SELECT " + id)) {
                      statement.executeQuery();
                    }
                  }
                } catch (Throwable e) {
                  thrown.add(e);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join(30_000);
    }

    assertThat(thrown).isEmpty();
    for (int t = 0; t < 8; t++) {
      String sql = "SELECT " + t;
      assertThat(spans).filteredOn(span -> sql.equals(span.sql)).hasSize(100);
    }
  }

  @Test
  void hookedClasses_haveNoFurtherMembers() throws Exception {
    for (String name : LOADER.woven) {
      Class<?> plain = Class.forName(name, false, getClass().getClassLoader());
      Class<?> woven = LOADER.loadClass(name);
      assertThat(woven.getDeclaredFields()).hasSameSizeAs(plain.getDeclaredFields());
      assertThat(woven.getDeclaredMethods()).hasSameSizeAs(plain.getDeclaredMethods());
    }
  }
}
