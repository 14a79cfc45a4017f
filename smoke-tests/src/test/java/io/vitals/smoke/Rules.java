/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Alert rules that are looked at every second and read everything that a runtime may lack. */
final class Rules {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Rules() {}

  static Path everySecond(Path folder) {
    try {
      return Files.write(
          folder.resolve("rules.yaml"),
          List.of(
              "groups:",
              "  - name: looks",
              "    interval: 1s",
              "    rules:",
              "      - alert: Called",
              "        expr: rate(http.client.request.duration[1m]) > 0",
              "        for: 1s",
              "      - alert: HighMemory",
              "        expr: >-",
              "          jvm.memory.used_after_last_gc{jvm.memory.type=\"heap\"}",
              "          / jvm.memory.limit{jvm.memory.type=\"heap\"} > 90%",
              "      - alert: HighCpu",
              "        expr: jvm.cpu.recent_utilization > 2",
              "      - alert: ManyFiles",
              "        expr: jvm.file_descriptor.count / jvm.file_descriptor.limit > 2",
              "      - alert: DeadlockedThreads",
              "        expr: vitals.thread.deadlocked > 0"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the first rule has been true at one look and has fired at a later one. */
  static void awaitTwoLooks(Received received) {
    received.awaitLogs(
        logs -> logs.stream().anyMatch(log -> log.toString().contains("firing")), PATIENCE);
  }
}
