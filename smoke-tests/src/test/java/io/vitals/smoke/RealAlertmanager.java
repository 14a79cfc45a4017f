/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Alertmanager that is installed on this machine, in a process of its own. */
final class RealAlertmanager implements AlertmanagerPeer {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> NAMES = List.of("prometheus-alertmanager", "alertmanager");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path binary;
  private final Path log;
  private final int port;

  private RealAlertmanager(Path binary, Path folder) throws IOException {
    this.binary = binary;
    this.log = folder.resolve("alertmanager.log");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    Path config = folder.resolve("alertmanager.yml");
    Files.writeString(config, "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
    this.process =
        new ProcessBuilder(
                binary.toString(),
                "--config.file=" + config,
                "--storage.path=" + folder.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    awaitReady();
  }

  /** Null where it is not installed. */
  static RealAlertmanager ifInstalled(Path folder) throws IOException {
    String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/bin";
    for (String place : path.split(File.pathSeparator)) {
      for (String name : NAMES) {
        Path binary = Path.of(place, name);
        if (Files.isExecutable(binary)) {
          return new RealAlertmanager(binary, folder);
        }
      }
    }
    return null;
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        if (get("/-/ready").statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // Asked again.
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        close();
        throw new IOException(binary + " does not start:\n" + Files.readString(log));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private HttpResponse<String> get(String path) throws IOException {
    URI uri = URI.create(url() + path);
    try {
      return client.send(
          HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public String what() {
    return "the real " + binary;
  }

  @Override
  public List<JsonObject> active() throws IOException {
    return AlertmanagerPeer.items(get("/api/v2/alerts").body());
  }

  /** Those that it answered with 4xx, by its own counter. */
  @Override
  public List<String> refused() {
    try {
      return get("/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith("alertmanager_alerts_invalid_total"))
          .filter(line -> !line.endsWith(" 0"))
          .toList();
    } catch (IOException e) {
      return List.of(e.toString());
    }
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
