/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A MariaDB with the database {@code shop}, in a process of its own, on a free port of loopback.
 *
 * <p>Its binary is among the build's libraries; without it the test fails and names it.
 */
final class MariaDbServer implements AutoCloseable {
  /** How its dialect makes a table with keys of its own. */
  static final String RECEIPTS =
      "create table receipts (id int primary key auto_increment, item varchar(40))";

  /** A query with the literals that its dialect has beside the usual. */
  static final String LITERALS =
      "select id from orders where item = \"gold4711\" or item = X'4711' or item = 0x4711"
          + " or id = b'101' or item = _utf8mb4'gold4711' or item = N'gold4711'"
          + " or item = 'it\\'s gold4711' # all\n"
          + " or date '2024-04-11' = now()";

  /** The same without them. */
  static final String LITERALS_REPLACED =
      "select id from orders where item = ? or item = X? or item = ?"
          + " or id = b? or item = _utf8mb4? or item = N?"
          + " or item = ? # all or date ? = now()";

  /** A query that nobody waits for. */
  static final String SLOW = "select count(*) from seq_1_to_1000000 a, seq_1_to_1000000 b";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The server, its messages, and the tables that it needs of itself. */
  private static final List<String> PARTS =
      List.of(
          "bin/mariadbd",
          "share/english/errmsg.sys",
          "share/mariadb_system_tables.sql",
          "share/mariadb_system_tables_data.sql");

  private static final String SHOP =
      """

      create database shop;
      flush privileges;
      create user shop@localhost;
      grant all on shop.* to shop@localhost;
      create definer = shop@localhost procedure shop.restock(in amount int) set @amount = amount;
      """;

  private final Path home;
  private final Path folder;
  private final Path log;
  private final int port;
  private final Process process;

  /** Starts it with its data in the folder, which has to be empty. */
  MariaDbServer(Path folder) throws IOException {
    this.home = unpacked();
    this.folder = folder;
    this.log = folder.resolve("server.log");
    Files.createDirectories(folder.resolve("data"));
    makeTables();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    this.process =
        command(
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + folder.resolve("socket"),
                "--max-connections=300")
            .start();
    try {
      awaitReady();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  int port() {
    return port;
  }

  /** Unpacks what is needed of the server, 314 MB, once for all builds. */
  private static synchronized Path unpacked() throws IOException {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!system.equals("Linux amd64")) {
      throw new IOException(
          "there is a MariaDB for Linux amd64 among the libraries, none for " + system);
    }
    List<Path> jars = Program.jars("mariadb-server");
    if (jars.size() != 1) {
      throw new IOException("one jar with MariaDB's server belongs into mariadb-server: " + jars);
    }
    Path home = Program.HOME.resolve("mariadb-server");
    try (ZipFile jar = new ZipFile(jars.get(0).toFile())) {
      for (String part : PARTS) {
        unpack(jar, part, home.resolve(part));
      }
    }
    return home;
  }

  private static void unpack(ZipFile jar, String part, Path file) throws IOException {
    ZipEntry found = null;
    for (Enumeration<? extends ZipEntry> all = jar.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      found = entry.getName().endsWith("/linux/" + part) ? entry : found;
    }
    if (found == null) {
      throw new IOException(jar.getName() + " lacks " + part);
    }
    if (Files.exists(file) && Files.size(file) == found.getSize()) {
      return;
    }
    Files.createDirectories(file.getParent());
    Path whole = Files.createTempFile(file.getParent(), "unpacking", ".tmp");
    try (InputStream in = jar.getInputStream(found)) {
      Files.copy(in, whole, StandardCopyOption.REPLACE_EXISTING);
    }
    whole.toFile().setExecutable(true);
    Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private ProcessBuilder command(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                home.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--lc-messages-dir=" + home.resolve("share"),
                "--datadir=" + folder.resolve("data"),
                "--innodb-log-file-size=4M",
                "--innodb-buffer-pool-size=16M",
                "--innodb-flush-log-at-trx-commit=0",
                // Making its key would take ten seconds.
                "--skip-ssl"));
    if (System.getProperty("user.name").equals("root")) {
      words.add("--user=root");
    }
    words.addAll(List.of(more));
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  private void makeTables() throws IOException {
    ByteArrayOutputStream sql = new ByteArrayOutputStream();
    sql.write("create database mysql;\nuse mysql;\n".getBytes(UTF_8));
    sql.write(Files.readAllBytes(home.resolve(PARTS.get(2))));
    sql.write(Files.readAllBytes(home.resolve(PARTS.get(3))));
    sql.write(SHOP.getBytes(UTF_8));
    Path script = Files.write(folder.resolve("tables.sql"), sql.toByteArray());
    Process making = command("--bootstrap").redirectInput(script.toFile()).start();
    try {
      if (!making.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || making.exitValue() != 0) {
        throw failure("makes no tables");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      making.destroyForcibly();
    }
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        // The first byte of its greeting.
        if (socket.getInputStream().read() >= 0) {
          return;
        }
      } catch (IOException notYet) {
        // Asked again.
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw failure("does not start");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private IOException failure(String what) throws IOException {
    return new IOException("MariaDB " + what + ":\n" + Files.readString(log));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
