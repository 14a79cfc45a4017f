/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.Sink;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection that a data source makes without {@code Driver.connect} is known by its URL. */
class JdbcDataSourceTest {
  private final List<DbSpan> spans = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private Sink before;

  @BeforeEach
  void install() {
    before = Probe.install(new DbSpanSink(spans, failures));
  }

  @AfterEach
  void restore() {
    Probe.install(before);
    assertThat(failures).isEmpty();
  }

  @Test
  void hsqldb_isKnownByItsUrl() throws Exception {
    DataSource source = source("org.hsqldb.", "jdbc.JDBCDataSource", "jdbc:hsqldb:mem:hook");
    execute(source.getConnection("sa", ""), "create table basket (id int)");

    assertThat(spans).singleElement().satisfies(JdbcDataSourceTest::isHsqldb);
  }

  private static void isHsqldb(DbSpan span) {
    assertThat(span.database.url).isEqualTo("jdbc:hsqldb:mem:hook");
    assertThat(span.database.user).isEqualTo("sa");
  }

  private static DataSource source(String driver, String name, String url) throws Exception {
    WovenLoader woven = new WovenLoader(new JdbcHook(), driver);
    Object source = woven.loadClass(driver + name).getDeclaredConstructor().newInstance();
    source.getClass().getMethod("setUrl", String.class).invoke(source, url);
    return (DataSource) source;
  }

  private static void execute(Connection connection, String sql) throws Exception {
    try (Connection open = connection;
        Statement statement = open.createStatement()) {
      statement.execute(sql);
    }
  }
}
