/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process that has nothing to do is left alone: how often the agent's threads wake in it. */
@Tag("export")
class IdleTest {
  /** The first look of the rules comes after ten seconds, and makes what it needs. */
  private static final Duration SETTLING = Duration.ofSeconds(13);

  private static final Duration WATCHED = Duration.ofSeconds(10);

  /** Five looks a second of the drain, one of the export, and one in ten seconds of the rules. */
  private static final long MOST = 5 * 10 + 10 + 1 + 9;

  private static final Pattern RESTS =
      Pattern.compile("^voluntary_ctxt_switches:\\s*(\\d+)", Pattern.MULTILINE);

  @Test
  void idleProcess_isSeldomWoken() throws Exception {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            // At the intervals that a user gets.
            Jvm.running()
                .agent()
                .property("otel.exporter.otlp.endpoint", receiver.endpoint())
                .start(Program.JDK_SHOP)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/plain")).isEqualTo(200);
      Thread.sleep(SETTLING.toMillis());
      Map<String, Long> before = rests(jvm.pid());
      Thread.sleep(WATCHED.toMillis());
      Map<String, Long> after = rests(jvm.pid());

      assertThat(after).containsKeys("vitals-drain", "vitals-export", "vitals-alerts");
      after.replaceAll((thread, rests) -> rests - before.getOrDefault(thread, 0L));
      long all = after.values().stream().mapToLong(Long::longValue).sum();
      assertThat(all)
          .as("times that a thread rested in %s: %s", WATCHED, after)
          .isBetween(1L, MOST);
    }
  }

  /** How often each thread of the agent has rested so far; the kernel counts. */
  private static Map<String, Long> rests(long pid) throws IOException {
    Map<String, Long> rests = new TreeMap<>();
    try (DirectoryStream<Path> tasks =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks) {
        String name = Files.readString(task.resolve("comm")).trim();
        if (name.startsWith("vitals-")) {
          Matcher matcher = RESTS.matcher(Files.readString(task.resolve("status")));
          assertThat(matcher.find()).as(name).isTrue();
          rests.merge(name, Long.parseLong(matcher.group(1)), Long::sum);
        }
      }
    }
    return rests;
  }
}
