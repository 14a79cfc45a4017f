/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged jar's channels reach real peers: its HTTP client, its JSON and its mail work. */
@Tag("alerts")
class NotifyTest {
  /** One for all: GreenMail reads its keys once. */
  @TempDir static Path folder;

  private static Path certificate;

  private final Map<String, String> posted = new ConcurrentHashMap<>();
  private HttpServer http;
  private GreenMail mail;

  @BeforeAll
  static void makeKeys() {
    Keys keys = new Keys(folder).add("key", "RSA", Keys.LOOPBACK);
    certificate = keys.certificate("key");
    System.setProperty("greenmail.tls.keystore.file", keys.store().toString());
    System.setProperty("greenmail.tls.keystore.password", "changeit");
  }

  @BeforeEach
  void open() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          posted.put(exchange.getRequestURI().getPath(), body);
          boolean refused = exchange.getRequestURI().getPath().equals("/refused");
          exchange.sendResponseHeaders(refused ? 403 : 202, -1);
          exchange.close();
        });
    http.start();
    ServerSetup[] both = {
      new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
      new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
    };
    for (ServerSetup setup : both) {
      setup.setServerStartupTimeout(20_000);
    }
    mail = new GreenMail(both);
    mail.setUser("ops@example.org", "ops", "hunter2hunter2");
    mail.start();
  }

  @AfterEach
  void close() {
    http.stop(0);
    mail.stop();
  }

  /** A file with a channel of each kind. */
  private Path file() throws IOException {
    String url = "http://127.0.0.1:" + http.getAddress().getPort();
    String addresses = "from: vitals@example.org, to: [ops@example.org]";
    return Files.writeString(
        folder.resolve("alerts.yaml"),
        String.join(
            "\n",
            "groups: []",
            "channels:",
            "  - {name: am, type: alertmanager, url: '" + url + "'}",
            "  - {name: hook, type: webhook, url: '" + url + "/hook',",
            "     template: '{\"text\": \"{{ $alert.summary }}\"}'}",
            "  - {name: chat, type: slack, url_env: SLACK_URL}",
            "  - {name: pager, type: pagerduty, url: '" + url + "/pd', routing_key: r0ut1ngk3y}",
            "  - {name: mail, type: email, host: 127.0.0.1, port: "
                + mail.getSmtp().getPort()
                + ",",
            "     starttls: false, " + addresses + "}",
            "  - {name: safe, type: email, host: 127.0.0.1, port: "
                + mail.getSmtps().getPort()
                + ",",
            "     tls: true, ca_file: '" + certificate + "',",
            "     username: ops, password_env: MAIL_PASSWORD, " + addresses + "}"));
  }

  private Jvm knowing(Jvm jvm) {
    return jvm.environment("MAIL_PASSWORD", "hunter2hunter2")
        .environment(
            "SLACK_URL", "http://127.0.0.1:" + http.getAddress().getPort() + "/services/s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 11, 17, 21, 25, 26})
  void notifyTest_reachesAPeerOfEachKind(int version) throws Exception {
    checkAll(knowing(Jvm.version(version)));
  }

  @Test
  void notifyTest_needsNoModuleThatAnAgentDoesNot() throws Exception {
    checkAll(knowing(Jvm.running().flag("--limit-modules=java.base,java.instrument")));
  }

  private void checkAll(Jvm java) throws Exception {
    String path = file().toString();
    try (ForkedJvm jvm = java.startJar(Jvm.AGENT, "notify", "test", path)) {
      assertThat(jvm.awaitExit()).as("%s", jvm.out()).isZero();
      assertThat(jvm.err()).isEmpty();
      assertThat(jvm.out()).hasSize(6).allMatch(line -> line.endsWith(": sent"));
      assertThat(String.join("\n", jvm.out()))
          .contains("am (alertmanager to http://127.0.0.1:")
          .doesNotContain("s3cr3t", "hunter2", "r0ut1ng");
    }
    assertThat(posted.keySet())
        .containsExactlyInAnyOrder("/api/v2/alerts", "/hook", "/services/s3cr3t", "/pd");
    assertThat(posted.get("/hook"))
        .isEqualTo("{\"text\": \"A test of this channel: nothing is wrong.\"}");
    assertThat(posted.get("/api/v2/alerts")).contains("\"alertname\":\"NotificationTest\"");
    assertThat(posted.get("/pd")).contains("\"routing_key\":\"r0ut1ngk3y\"");
    assertThat(mail.waitForIncomingEmail(20_000, 2)).isTrue();
    for (MimeMessage message : mail.getReceivedMessages()) {
      assertThat(message.getSubject()).isEqualTo("[FIRING] NotificationTest, low (notify-test)");
      assertThat(new String(message.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("This is a test.", "nothing is wrong");
    }
  }

  @Test
  void notifyTest_saysWhatFailed() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("refused.yaml"),
            "channels: [{name: no, type: webhook, url: 'http://127.0.0.1:"
                + http.getAddress().getPort()
                + "/refused'}]\n");
    try (ForkedJvm jvm =
        Jvm.running().startJar(Jvm.AGENT, "notify", "test", file.toString(), "no")) {
      assertThat(jvm.awaitExit()).isEqualTo(1);
      assertThat(jvm.out()).singleElement().asString().endsWith("failed, rejected: HTTP 403");
    }
    Files.writeString(file, "channels: [{name: no, type: pigeon}]\n");
    try (ForkedJvm jvm = Jvm.running().startJar(Jvm.AGENT, "notify", "test", file.toString())) {
      assertThat(jvm.awaitExit()).isEqualTo(1);
      assertThat(jvm.err())
          .singleElement()
          .asString()
          .contains("refused.yaml:1:29: found \"pigeon\"; expected alertmanager, webhook");
    }
    try (ForkedJvm jvm = Jvm.running().startJar(Jvm.AGENT, "notify", "tset", "x")) {
      assertThat(jvm.awaitExit()).isEqualTo(2);
    }
  }
}
