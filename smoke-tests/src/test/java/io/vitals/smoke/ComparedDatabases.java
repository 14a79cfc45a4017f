/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The databases of the JDBC contract for the program {@code JdbcDrivers}, each through its bare
 * driver; those that are servers run until this is closed.
 */
final class ComparedDatabases implements AutoCloseable {
  /** HSQLDB 1.8 has the class names of its successor: one JVM cannot have both. */
  static final List<JdbcFixture> ALL =
      List.of(
          JdbcFixture.H2,
          JdbcFixture.HSQLDB,
          JdbcFixture.DERBY,
          JdbcFixture.SQLITE,
          JdbcFixture.DUCKDB,
          JdbcFixture.POSTGRESQL,
          JdbcFixture.MARIADB,
          JdbcFixture.MYSQL);

  /** They tell of a hundred threads and of a second's patience, not of other spans. */
  private static final EnumSet<JdbcSituation> LEFT_OUT =
      EnumSet.of(JdbcSituation.CROWD, JdbcSituation.TIMED_OUT);

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final MariaDbServer mariaDb;

  ComparedDatabases(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    Files.createDirectories(settings());
    postgres = EmbeddedPostgres.start();
    mariaDb = new MariaDbServer(folder.resolve("mariadb"));
    for (JdbcFixture fixture : ALL) {
      write(fixture);
    }
  }

  /** The folder with a file for each. */
  Path settings() {
    return folder.resolve("settings");
  }

  List<String> pages() {
    List<String> pages = new ArrayList<>();
    for (JdbcFixture fixture : ALL) {
      situations(fixture).forEach(page -> pages.add("/" + name(fixture) + "/" + page));
    }
    return pages;
  }

  /** Removes the files of those that have some. */
  void forget() throws IOException {
    for (String file : List.of("shop.db", "shop.duckdb", "shop.duckdb.wal")) {
      Files.deleteIfExists(folder.resolve(file));
    }
  }

  private void write(JdbcFixture fixture) throws IOException {
    String url = url(fixture);
    Properties database = new Properties();
    database.setProperty("url", url);
    database.setProperty("user", fixture.dialect.user);
    database.setProperty("situations", String.join(",", situations(fixture)));
    database.setProperty("cleanup", "drop table orders;drop table receipts");
    database.setProperty("contract.source.setter", "setUrl=" + url);
    fixture.dialect.properties.forEach(
        (name, value) -> database.setProperty("contract." + name, value));
    try (OutputStream file = Files.newOutputStream(settings().resolve(name(fixture)))) {
      database.store(file, null);
    }
  }

  private String url(JdbcFixture fixture) {
    return switch (fixture) {
      case SQLITE -> "jdbc:sqlite:" + folder.resolve("shop.db");
      case DUCKDB -> "jdbc:duckdb:" + folder.resolve("shop.duckdb");
      case POSTGRESQL -> postgres.getJdbcUrl("postgres", "postgres");
      case MARIADB -> "jdbc:mariadb://127.0.0.1:" + mariaDb.port() + "/shop?sslMode=disable";
      case MYSQL -> "jdbc:mysql://127.0.0.1:" + mariaDb.port() + "/shop?sslMode=DISABLED";
      default -> fixture.dialect.url;
    };
  }

  private static String name(JdbcFixture fixture) {
    return fixture.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> situations(JdbcFixture fixture) {
    return fixture.situations().stream()
        .filter(situation -> !LEFT_OUT.contains(situation))
        // Which of its two exceptions MySQL's driver throws is chance.
        .filter(situation -> fixture != JdbcFixture.MYSQL || situation != JdbcSituation.CANCELLED)
        .map(JdbcSituation::page)
        .collect(Collectors.toList());
  }

  @Override
  public void close() throws IOException {
    mariaDb.close();
    postgres.close();
  }
}
