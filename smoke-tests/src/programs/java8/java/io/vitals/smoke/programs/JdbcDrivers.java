/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The situations of the JDBC contract with many drivers in one JVM, one after the other, each
 * situation a page {@code /database/situation} of the JDK's own server.
 *
 * <p>The property {@code contract.databases} names a folder with a file for each database: {@code
 * url}, {@code user}, the {@code situations}, what is to be executed at the end ({@code cleanup}),
 * and the properties {@code contract.*} of {@link JdbcContract}. A page of another database than
 * before opens that one.
 */
public final class JdbcDrivers {
  private final Path folder;
  private String current;
  private Properties database;
  private JdbcContract contract;
  private Connections connections;

  private JdbcDrivers(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(thread);
    JdbcDrivers drivers = new JdbcDrivers(Paths.get(System.getProperty("contract.databases")));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(drivers.folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        for (String situation : read(file).getProperty("situations").split(",")) {
          server.createContext(
              "/" + name + "/" + situation,
              exchange -> {
                boolean done = drivers.run(name, situation);
                Warehouse.answer(exchange, done ? 200 : 500, "done");
              });
        }
      }
    }
    server.start();
    System.out.println("ready port=" + server.getAddress().getPort());
    while (System.in.read() >= 0) {
      continue;
    }
    server.stop(0);
    thread.shutdownNow();
    drivers.leave();
  }

  private boolean run(String name, String situation) throws IOException {
    try {
      if (!name.equals(current)) {
        leave();
        enter(name);
      }
    } catch (Exception e) {
      throw new IOException(name, e);
    }
    return contract.run(situation);
  }

  private void enter(String name) throws Exception {
    current = name;
    database = read(folder.resolve(name));
    for (String property : database.stringPropertyNames()) {
      if (property.startsWith("contract.")) {
        System.setProperty(property, database.getProperty(property));
      }
    }
    connections =
        new Connections(database.getProperty("url"), database.getProperty("user"), "", "driver");
    contract = new JdbcContract(connections);
    contract.fill();
  }

  private void leave() throws SQLException {
    if (current == null) {
      return;
    }
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement()) {
      for (String sql : database.getProperty("cleanup").split(";")) {
        statement.execute(sql);
      }
    }
    connections.close();
    for (String property : database.stringPropertyNames()) {
      System.clearProperty(property);
    }
  }

  private static Properties read(Path file) throws IOException {
    Properties database = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      database.load(in);
    }
    return database;
  }
}
