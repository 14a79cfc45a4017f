/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.bootstrap.Database;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the URLs of the drivers people use. */
class DatabaseInfoTest {
  @ParameterizedTest
  @ValueSource(strings = {"urls.txt", "urls-read-further.txt"})
  void url_isReadAsTheTableSays(String table) {
    SoftAssertions all = new SoftAssertions();
    for (String line : Expectations.lines(table)) {
      String url = line.split(" \\| ")[0];
      DatabaseInfo info = DatabaseInfo.of(new Database(url, null));
      all.assertThat(url + " | " + shown(info)).isEqualTo(line);
    }
    all.assertAll();
  }

  private static String shown(DatabaseInfo info) {
    return info.system
        + " | "
        + (info.namespace == null ? "-" : info.namespace)
        + " | "
        + (info.address == null ? "-" : info.address)
        + " | "
        + (info.port == 0 ? "-" : info.port);
  }

  @Test
  void postgresUserBesideTheUrl_isTheDefaultSchema() {
    Database database = new Database("jdbc:postgresql://h/db", "Bob", null);

    assertThat(DatabaseInfo.of(database).namespace).isEqualTo("db|Bob");
  }

  @ParameterizedTest
  @CsvSource({
    "org.h2.jdbc.JdbcConnection, h2database",
    "org.postgresql.jdbc.PgConnection, postgresql",
    "com.mysql.cj.jdbc.ConnectionImpl, mysql",
    "oracle.jdbc.driver.T4CConnection, oracle.db",
    "com.example.Homemade, other_sql",
    ", other_sql",
  })
  void connectionWithoutUrl_isKnownByItsClass(String className, String system) {
    assertThat(DatabaseInfo.of(new Database(null, className)).system).isEqualTo(system);
  }

  @Test
  void strangeUrlOfAKnownDriver_isKnownByTheClassOfItsConnection() {
    Database database = new Database("jdbc:mysqlx://h1:33060/db", "com.mysql.cj.ConnectionImpl");

    assertThat(DatabaseInfo.of(database).system).isEqualTo("mysql");
    assertThat(DatabaseInfo.of(database).port).isEqualTo(33060);
  }

  @Test
  void databaseReadOnce_isNotReadAgain() {
    Database database = new Database("jdbc:h2:mem:x", null);

    assertThat(DatabaseInfo.of(database)).isSameAs(DatabaseInfo.of(database));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:foo://bob:s3cret@h:1/db",
        "jdbc:foo://bob:s3c/ret@h/db?password=s3cret",
        "jdbc:oracle:thin:bob/s3cret@//h:1521/svc",
        "jdbc:oracle:thin:bob/s3cret@h:1521:sid",
        "jdbc:sqlserver://h;user=bob;password=s3cret",
        "jdbc:h2:mem:x;USER=bob;PASSWORD=s3cret",
        "jdbc:db2://h:50001/sample:user=bob;password=s3cret;",
        "jdbc:mysql://h/db?user=bob&password=s3cret",
        "jdbc:sqlite:x.db?password=s3cret",
      })
  void password_isNeverPartOfAnything(String url) {
    assertThat(shown(DatabaseInfo.of(new Database(url, null)))).doesNotContain("s3c", "ret@");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jdbc:",
        ":",
        "//",
        "jdbc:oracle:thin:@(((",
        "jdbc:mysql://(",
        "jdbc:mysql://,,,/",
        "jdbc:sqlserver://\\;=",
        "jdbc:postgresql://[::1/x",
        "jdbc:db2://:::/:::",
        "jdbc:h2:;;;",
        "jdbc:oracle:thin:@(HOST=)(PORT=99999999999)",
        "jdbc:tc:",
        "jdbc:p6spy:p6spy:otel:"
      })
  void brokenUrl_isReadWithoutHarm(String url) {
    assertThat(DatabaseInfo.of(new Database(url, null)).system).isNotNull();
  }
}
