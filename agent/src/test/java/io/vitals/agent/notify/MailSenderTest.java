/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.alert.AlertState;
import io.vitals.exporter.alert.Severity;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mails as a real SMTP server got them. */
@Timeout(120)
class MailSenderTest {
  @TempDir static Path folder;

  private GreenMail server;

  @BeforeAll
  static void makeCertificate() throws Exception {
    String store = folder.resolve("keys.p12").toString();
    keytool(
        "-genkeypair",
        "-keyalg",
        "RSA",
        "-alias",
        "key",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-keystore",
        store);
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "key",
        "-file",
        folder.resolve("ca.pem").toString(),
        "-keystore",
        store);
    System.setProperty("greenmail.tls.keystore.file", store);
    System.setProperty("greenmail.tls.keystore.password", "changeit");
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    Collections.addAll(command, arguments);
    Collections.addAll(command, "-storepass", "changeit");
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop();
    }
  }

  private int start(String protocol) {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(20_000);
    server = new GreenMail(setup);
    server.setUser("ops@example.org", "ops", "hunter2hunter2");
    server.start();
    return protocol.equals(ServerSetup.PROTOCOL_SMTPS)
        ? server.getSmtps().getPort()
        : server.getSmtp().getPort();
  }

  private Desk desk(int port, String more) throws Exception {
    return new Desk(
        "group_wait: 0s\ngroup_interval: 10s\nchannels:\n"
            + "  - {name: mail, type: email, host: 127.0.0.1, port: "
            + port
            + ", from: \"Vitals <vitals@example.org>\", to: [ops@example.org, \"Ops <b@example.org>\"],"
            + " retries: 0, timeout: 20s"
            + more
            + "}\n",
        false,
        Map.of("SMTP_PASSWORD", "hunter2hunter2", "WRONG", "wrong-wrong"));
  }

  private static void slow(Desk desk, AlertState state) {
    AlertEvent.Builder event =
        desk.event("SlowCheckout", Severity.HIGH, state, "http.route", "/checkout");
    event.summary = "Kasse zu langsam: 730 ms \u2265 500 ms";
    desk.notifier.changed(event.build());
  }

  @Test
  void mail_hasASubjectATextAndAThread() throws Exception {
    Desk desk = desk(start(ServerSetup.PROTOCOL_SMTP), ", starttls: false");
    slow(desk, AlertState.FIRING);
    desk.work("mail");
    slow(desk, AlertState.RESOLVED);
    desk.pass(11, "mail");
    assertThat(server.waitForIncomingEmail(20_000, 4)).isTrue();
    MimeMessage[] mails = server.getReceivedMessages();
    assertThat(mails).hasSize(4);
    MimeMessage first = mails[0];
    assertThat(first.getSubject()).isEqualTo("[FIRING] SlowCheckout, high (shop)");
    assertThat(first.getFrom()[0]).hasToString("Vitals <vitals@example.org>");
    assertThat(first.getAllRecipients()).hasSize(2);
    assertThat(first.getContentType()).isEqualTo("text/plain; charset=UTF-8");
    assertThat(first.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(first.getSentDate().toInstant()).isEqualTo(Desk.MORNING);
    String text = new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(text)
        .contains("Kasse zu langsam: 730 ms \u2265 500 ms", "http.route=/checkout", "service shop");
    MimeMessage last = mails[3];
    assertThat(last.getSubject()).isEqualTo("[RESOLVED] SlowCheckout, high (shop)");
    assertThat(last.getHeader("In-Reply-To")).containsExactly(first.getHeader("In-Reply-To"));
    assertThat(last.getMessageID()).isNotEqualTo(first.getMessageID()).endsWith("@shop.vitals>");
  }

  @Test
  void startTls_isRequired_andTheServerKnown() throws Exception {
    String account = ", username: ops, password_env: SMTP_PASSWORD";
    int behind = start(ServerSetup.PROTOCOL_SMTP);
    try (StartTlsFront front = new StartTlsFront(folder.resolve("keys.p12"), "changeit", behind)) {
      Desk unknown = desk(front.port(), account);
      slow(unknown, AlertState.FIRING);
      unknown.work("mail");
      assertThat(unknown.count("mail", "failed", "unreachable")).isEqualTo(1);
      Desk known = desk(front.port(), account + ", ca_file: '" + folder.resolve("ca.pem") + "'");
      slow(known, AlertState.FIRING);
      known.work("mail");
      assertThat(known.notifier.counts().toString()).isEqualTo("[mail sent 1]");
      assertThat(server.getReceivedMessages()).hasSize(2);
    }
  }

  @Test
  void implicitTls_andAuthentication() throws Exception {
    int port = start(ServerSetup.PROTOCOL_SMTPS);
    String tls = ", tls: true, ca_file: '" + folder.resolve("ca.pem") + "', username: ops";
    Desk desk = desk(port, tls + ", password_env: SMTP_PASSWORD");
    slow(desk, AlertState.FIRING);
    desk.work("mail");
    assertThat(desk.notifier.counts().toString()).isEqualTo("[mail sent 1]");
    assertThat(server.getReceivedMessages()).hasSize(2);
    Desk wrong = desk(port, tls + ", password_env: WRONG");
    slow(wrong, AlertState.FIRING);
    wrong.work("mail");
    assertThat(wrong.count("mail", "failed", "rejected")).isEqualTo(1);
  }

  /** A server of a few words that keeps what it was told. */
  private static final class Terse implements AutoCloseable {
    final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    final StringBuffer heard = new StringBuffer();

    /** Answers each command with the next line; then says nothing any more. */
    Terse(String... answers) throws IOException {
      Thread thread = new Thread(() -> run(answers));
      thread.setDaemon(true);
      thread.start();
    }

    private void run(String[] answers) {
      try (Socket socket = server.accept()) {
        for (String answer : answers) {
          socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
          int c;
          while ((c = socket.getInputStream().read()) >= 0 && c != '\n') {
            heard.append((char) c);
          }
        }
        Thread.sleep(60_000);
      } catch (IOException | InterruptedException over) {
        // The client has gone.
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  @Test
  void serverWithoutStartTls_doesNotGetThePassword() throws Exception {
    try (Terse terse = new Terse("220 hello", "250-me\r\n250 AUTH PLAIN LOGIN", "221 bye")) {
      Desk desk = desk(terse.server.getLocalPort(), ", username: ops, password_env: SMTP_PASSWORD");
      slow(desk, AlertState.FIRING);
      desk.work("mail");
      assertThat(desk.notifier.counts().toString()).contains("failed");
      assertThat(terse.heard.toString()).contains("EHLO").doesNotContain("AUTH");
    }
  }

  @Test
  void serverThatIsBusy_isTriedAgain_oneThatRefusesIsNot() throws Exception {
    try (Terse busy = new Terse("220 hello", "250 me", "451 later", "250 ok", "221 bye");
        Terse strict = new Terse("220 hello", "250 me", "550 never", "250 ok", "221 bye")) {
      Desk later = desk(busy.server.getLocalPort(), ", starttls: false");
      slow(later, AlertState.FIRING);
      later.work("mail");
      assertThat(later.count("mail", "failed", "unavailable")).isEqualTo(1);
      Desk never = desk(strict.server.getLocalPort(), ", starttls: false");
      slow(never, AlertState.FIRING);
      never.work("mail");
      assertThat(never.count("mail", "failed", "rejected")).isEqualTo(1);
    }
  }

  @Test
  void serverThatFallsSilent_isATimeout() throws Exception {
    try (Terse silent = new Terse("220 hello")) {
      Desk desk = desk(silent.server.getLocalPort(), ", starttls: false");
      desk.reload(
          "group_wait: 0s\nchannels:\n  - {name: mail, type: email, host: 127.0.0.1, port: "
              + silent.server.getLocalPort()
              + ", starttls: false, from: a@example.org, to: [b@example.org], timeout: 300ms,"
              + " retries: 0}\n");
      slow(desk, AlertState.FIRING);
      desk.work("mail");
      assertThat(desk.count("mail", "failed", "timeout")).isEqualTo(1);
    }
  }

  @Test
  void conversation_canBeBrokenOff() throws Exception {
    try (Terse silent = new Terse("220 hello")) {
      Desk desk =
          new Desk(
              "group_wait: 0s\nchannels:\n  - {name: mail, type: email, host: 127.0.0.1, port: "
                  + silent.server.getLocalPort()
                  + ", starttls: false, from: a@example.org, to: [b@example.org], timeout: 100s,"
                  + " retries: 0}\n",
              true,
              Map.of());
      slow(desk, AlertState.FIRING);
      desk.notifier.work();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (silent.heard.length() == 0 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      // Three times its timeout on the clock that was handed in.
      desk.pass(302);
      while (desk.count("mail", "failed", "timeout") == 0 && System.nanoTime() < end) {
        desk.pass(1);
        Thread.onSpinWait();
      }
      assertThat(desk.count("mail", "failed", "timeout")).isEqualTo(1);
    }
  }
}
