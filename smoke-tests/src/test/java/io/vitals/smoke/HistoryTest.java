/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written of the past is there when the process is gone, however it went. */
@Tag("alerts")
class HistoryTest {
  private static final String RULES =
      "groups: [{name: g, interval: 1s, rules: [{alert: Busy, expr: 'count(http.server) > 0'}]}]\n";

  @TempDir Path folder;

  @Test
  void transitions_surviveAKill() throws Exception {
    Path rules = Files.writeString(folder.resolve("alerts.yml"), RULES);
    Path history = folder.resolve("history");
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .exportingTo(receiver)
                .property("vitals.alerts.file", rules.toString())
                .property("vitals.history.dir", history.toString())
                .start(Program.JDK_SHOP)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/plain")).isEqualTo(200);
      receiver
          .received()
          .awaitLogs(
              logs ->
                  logs.stream()
                      .anyMatch(log -> "firing".equals(log.attributes().get("alert.state"))),
              Duration.ofSeconds(40));
      // An interval, which is what may be lost.
      TimeUnit.SECONDS.sleep(1);
      ProcessHandle killed = ProcessHandle.of(jvm.pid()).orElseThrow();
      assertThat(killed.destroyForcibly()).isTrue();
      killed.onExit().get(10, TimeUnit.SECONDS);
    }
    List<String> transitions = lines(history, "alerts-");
    assertThat(transitions).anyMatch(line -> line.contains("Busy") && line.contains("firing"));
    assertThat(transitions).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
  }

  private static List<String> lines(Path history, String name) throws IOException {
    try (Stream<Path> files = Files.list(history)) {
      Path file =
          files
              .filter(each -> each.getFileName().toString().startsWith(name))
              .findFirst()
              .orElseThrow();
      return Files.readAllLines(file);
    }
  }
}
