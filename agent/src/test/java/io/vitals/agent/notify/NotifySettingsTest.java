/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a file is said with its place and without its secrets. */
class NotifySettingsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("GOOD", "http://127.0.0.1:9/x", "BAD", "s3cr3t no url");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "channels: [{name: a, type: webhook}] | 1:12 | no \"url\" | one of url, url_env, url_file",
        "channels: [{type: webhook}] | 1:12 | no \"name\" | a value for name",
        "channels: [{name: a b, type: webhook}] | 1:19 | \"a b\" | a name of letters",
        "channels: [{name: a, type: pigeon}] | 1:28 | \"pigeon\" | alertmanager, webhook, slack",
        "channels: [{name: a, type: slack, urll: x}] | 1:35 | \"urll\" | one of name, type",
        "channels: [{name: a, type: slack, url: 'x://s3cr3t'}] | 1:40 | a url that is not | such as",
        "channels: [{name: a, type: slack, url_env: BAD}] | 1:44 | a url that is not | such as",
        "channels: [{name: a, type: slack, url_env: NONE}] | 1:44 | no environment variable NONE | the",
        "channels: [{name: a, type: slack, url_file: /no/such}] | 1:45 | no readable file | a file",
        "channels: [{name: a, type: slack, url_env: GOOD, url: 's3cr3t'}] | 1:44 | url_env beside | one",
        "channels: [{name: a, type: slack, url_env: GOOD, severities: [bad]}] | 1:63 | \"bad\" | low, medium",
        "channels: [{name: a, type: slack, url_env: GOOD, severities: []}] | 1:62 | an empty list | at",
        "channels: [{name: a, type: slack, url_env: GOOD, retries: many}] | 1:59 | \"many\" | a whole",
        "channels: [{name: a, type: slack, url_env: GOOD, timeout: 1h}] | 1:59 | \"1h\" | a duration",
        "channels: [{name: a, type: slack, url_env: GOOD, labels: ['x']}] | 1:59 | \"x\" | a matcher",
        "channels: [{name: a, type: slack, url_env: GOOD, labels: ['x=~(']}] | 1:59 | \"x=~(\" | a regular",
        "channels: [{name: a, type: slack, url_env: GOOD, headers: {A: \"s3cr3t\\nx\"}}] | 1:63 | a header | print",
        "channels: [{name: a, type: slack, url_env: GOOD, escalate: {to: b, after: 1m}}] | 1:65 | \"b\" | the name",
        "channels: [{name: a, type: pagerduty}] | 1:12 | no \"routing_key\" | one of routing_key",
        "channels: [{name: a, type: email, from: a@b.c, to: [a@b.c]}] | 1:12 | no \"host\" | a value",
        "channels: [{name: a, type: email, host: h, from: no mail, to: []}] | 1:50 | \"no mail\" | a mail",
        "channels: [{name: a, type: email, host: h, password: s3cr3t, from: a@b.c, to: [a@b.c]}] | 1:12 | only one | both",
        "channels: {a: b} | 1:11 | a map | a list",
        "group_wait: soon | 1:13 | \"soon\" | a duration such as",
        "silences: [{matchers: [a=b]}] | 1:12 | no \"ends\" | a value",
        "silences: [{matchers: [], ends: 2026-08-20T22:00:00Z}] | 1:23 | no matchers | at least one",
        "silences: [{matchers: [a=b], ends: tomorrow}] | 1:36 | \"tomorrow\" | a time such as",
        "maintenance: [{weekly: {days: [caturday], from: '1:00', to: '2:00'}}] | 1:32 | \"caturday\" | a day",
        "maintenance: [{weekly: {from: '25:00', to: '02:00'}}] | 1:31 | \"25:00\" | a time of day",
        "maintenance: [{weekly: {from: '01:00', to: '02:00', zone: Mars}}] | 1:59 | \"Mars\" | a time zone",
        "inhibit: [{source_matchers: [a=b]}] | 1:11 | no \"target_matchers\" | a value",
      })
  void fault_isSaidWithItsPlace(String yaml, String place, String found, String expected) {
    Throwable fault =
        catchThrowable(
            () -> NotifySettings.read(YamlReader.read("a.yaml", yaml), ENVIRONMENT, Map.of()));
    assertThat(fault).isInstanceOf(FileFault.class);
    assertThat(fault.getMessage())
        .startsWith("a.yaml:" + place + ": found " + found)
        .contains("; expected " + expected)
        .doesNotContain("s3cr3t");
  }

  @Test
  void channels_areBoundedAndEachOnce() {
    StringBuilder many = new StringBuilder("channels:\n");
    for (int i = 0; i < 33; i++) {
      many.append("  - {name: c").append(i).append(", type: slack, url_env: GOOD}\n");
    }
    assertThat(catchThrowable(() -> read(many.toString())))
        .hasMessageContaining("found more than 32 channels");
    assertThat(
            catchThrowable(
                () ->
                    read(
                        "channels:\n  - {name: a, type: slack, url_env: GOOD}\n"
                            + "  - {name: a, type: slack, url_env: GOOD}\n")))
        .hasMessageStartingWith("a.yaml:3:12: found a second a");
  }

  private static NotifySettings read(String yaml) throws FileFault {
    return NotifySettings.read(YamlReader.read("a.yaml", yaml), ENVIRONMENT, Map.of());
  }

  @Test
  void window_reachesIntoTheNextDay() throws Exception {
    TimeWindow window =
        TimeWindow.weekly(
            YamlReader.read("a.yaml", "{days: [sat, sunday], from: '22:00', to: '04:00'}"));
    // 2026-08-22 is a Saturday.
    assertThat(holds(window, "2026-08-22T21:59:59Z")).isFalse();
    assertThat(holds(window, "2026-08-22T22:00:00Z")).isTrue();
    assertThat(holds(window, "2026-08-23T03:59:59Z")).isTrue();
    assertThat(holds(window, "2026-08-23T04:00:00Z")).isFalse();
    assertThat(holds(window, "2026-08-24T01:00:00Z")).isTrue();
    assertThat(holds(window, "2026-08-24T22:30:00Z")).isFalse();
  }

  private static boolean holds(TimeWindow window, String time) {
    return window.contains(java.time.Instant.parse(time).getEpochSecond() * 1_000_000_000L);
  }

  @Test
  void command_triesEachChannel_andSaysWhatBecameOfIt() throws Exception {
    try (HttpPeer peer = new HttpPeer()) {
      Path file =
          Files.writeString(
              folder.resolve("alerts.yaml"),
              "channels:\n  - {name: good, type: slack, url: '"
                  + peer.url("/s3cr3t")
                  + "'}\n  - {name: bad, type: webhook, url: 'http://127.0.0.1:1/s3cr3t'}\n");
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
      NotifyCommand command = new NotifyCommand(out, out, ENVIRONMENT, Map.of());
      assertThat(command.test(file.toFile(), "good")).isTrue();
      assertThat(peer.only().body()).contains("NotificationTest");
      assertThat(command.test(file.toFile(), null)).isFalse();
      assertThat(command.test(file.toFile(), "other")).isFalse();
      assertThat(command.test(folder.resolve("none").toFile(), null)).isFalse();
      String[] lines = bytes.toString(StandardCharsets.UTF_8).split("\\R");
      assertThat(lines).hasSize(5);
      assertThat(lines[0]).matches("good \\(slack to http://127.0.0.1:\\d+\\): sent");
      assertThat(lines[2])
          .startsWith("bad (webhook to http://127.0.0.1:1): failed, unreachable: ConnectException");
      assertThat(lines[3]).endsWith("has no channel named other");
      assertThat(lines[4]).contains("cannot read");
      assertThat(String.join("", lines)).doesNotContain("s3cr3t");
    }
  }
}
