/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.exporter.alert.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What bad peers do to a channel, and do not do to others. */
@Timeout(120)
class DeliveryTest {
  private HttpPeer good;

  @BeforeEach
  void open() throws Exception {
    good = new HttpPeer();
  }

  @AfterEach
  void close() {
    good.close();
  }

  private static String channel(String name, String url, String more) {
    return "  - {name: " + name + ", type: webhook, url: '" + url + "'" + more + "}\n";
  }

  /** Accepts connections and says nothing, or a header that never ends. */
  private static final class BadPeer implements AutoCloseable {
    final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    BadPeer(boolean drips) throws IOException {
      Thread thread = new Thread(() -> run(drips));
      thread.setDaemon(true);
      thread.start();
    }

    private void run(boolean drips) {
      try {
        while (true) {
          Socket socket = server.accept();
          if (drips) {
            socket
                .getOutputStream()
                .write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            Thread dripping = new Thread(() -> drip(socket));
            dripping.setDaemon(true);
            dripping.start();
          }
        }
      } catch (IOException closed) {
        // The test is over.
      }
    }

    private static void drip(Socket socket) {
      try {
        for (int i = 0; i < 1200; i++) {
          socket.getOutputStream().write('x');
          socket.getOutputStream().flush();
          Thread.sleep(50);
        }
      } catch (IOException | InterruptedException over) {
        // The client has gone.
      }
    }

    String url() {
      return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  @Test
  void hangingAndDrippingPeers_delayNoOtherChannel_norTheClose() throws Exception {
    try (BadPeer hangs = new BadPeer(false);
        BadPeer drips = new BadPeer(true)) {
      Desk desk =
          new Desk(
              "group_wait: 0s\nchannels:\n"
                  + channel("hangs", hangs.url(), ", timeout: 60s")
                  + channel("drips", drips.url(), ", timeout: 300ms, retries: 0")
                  + channel("good", good.url("/"), ""),
              true,
              Map.of());
      long start = System.nanoTime();
      desk.fire("Slow", Severity.HIGH);
      desk.notifier.work();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(good.await(1)).hasSize(1);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (desk.count("drips", "failed", "timeout") == 0 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(desk.count("drips", "failed", "timeout")).isEqualTo(1);
      long closing = System.nanoTime();
      assertThat(desk.notifier.close(500, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(10));
      assertThat(desk.count("hangs", "dropped", "closed")).isEqualTo(1);
      assertThat(desk.count("good", "sent", "")).isEqualTo(1);
    }
  }

  @Test
  void close_sendsWhatStillWaitsForItsGroup() throws Exception {
    Desk desk = new Desk("channels:\n" + channel("good", good.url("/"), ""), true, Map.of());
    desk.fire("Slow", Severity.HIGH);
    assertThat(desk.notifier.close(20, TimeUnit.SECONDS)).isTrue();
    assertThat(good.only().body()).contains("Slow");
  }

  @Test
  void thread_isThereOnlyWhileItIsNeeded() throws Exception {
    Desk desk =
        new Desk("group_wait: 0s\nchannels:\n" + channel("t7", good.url("/"), ""), true, Map.of());
    assertThat(isRunning("vitals-notify-t7")).isFalse();
    desk.fire("Slow", Severity.HIGH);
    desk.notifier.work();
    assertThat(isRunning("vitals-notify-t7")).isTrue();
    good.await(1);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (isRunning("vitals-notify-t7") && System.nanoTime() < end) {
      desk.pass(1);
      Thread.onSpinWait();
    }
    assertThat(isRunning("vitals-notify-t7")).isFalse();
  }

  private static boolean isRunning(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(name));
  }

  @Test
  void busyPeer_isAskedAgainWhenItSays() throws Exception {
    Desk desk = new Desk("group_wait: 0s\nchannels:\n" + channel("good", good.url("/"), ""));
    good.answer(503, "Retry-After", "40").answer(429, "Retry-After", "20");
    desk.fire("Slow", Severity.HIGH);
    desk.work("good");
    desk.pass(39, "good");
    assertThat(good.got()).hasSize(1);
    desk.pass(1, "good");
    assertThat(good.got()).hasSize(2);
    desk.pass(19, "good");
    assertThat(good.got()).hasSize(2);
    desk.pass(2, "good");
    assertThat(good.got()).hasSize(3);
    assertThat(desk.count("good", "sent", "")).isEqualTo(1);
    assertThat(desk.count("good", "retried", "")).isEqualTo(2);
  }

  @Test
  void retries_comeEachTwiceAsLate() throws Exception {
    Desk desk =
        new Desk(
            "group_wait: 0s\nchannels:\n" + channel("good", good.url("/"), ", retry_delay: 10s"));
    good.answer(500).answer(502).answer(408).answer(500);
    desk.fire("Slow", Severity.HIGH);
    desk.work("good");
    int[] earliest = {5, 10, 20};
    int[] latest = {15, 30, 60};
    for (int retry = 0; retry < 3; retry++) {
      int waited = 0;
      while (good.got().size() == retry + 1 && waited < 100) {
        desk.pass(1, "good");
        waited++;
      }
      assertThat(waited).as("retry %s", retry).isBetween(earliest[retry], latest[retry] + 1);
    }
    desk.pass(100, "good");
    assertThat(good.got()).hasSize(4);
    assertThat(desk.count("good", "failed", "unavailable")).isEqualTo(1);
  }

  @Test
  void refusal_isNotTriedAgain_norIsARedirectFollowed() throws Exception {
    for (int status : new int[] {400, 401, 404, 410, 422, 301, 302}) {
      try (HttpPeer peer = new HttpPeer()) {
        Desk desk = new Desk("group_wait: 0s\nchannels:\n" + channel("c", peer.url("/"), ""));
        peer.answer(status, "Location", good.url("/elsewhere"));
        desk.fire("Slow", Severity.HIGH);
        desk.work("c");
        desk.pass(600, "c");
        assertThat(peer.got()).as("%s", status).hasSize(1);
        assertThat(desk.count("c", "failed", "rejected")).as("%s", status).isEqualTo(1);
      }
    }
    assertThat(good.got()).isEmpty();
  }

  @Test
  void refusedConnection_isUnreachable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Desk desk =
        new Desk(
            "group_wait: 0s\nchannels:\n"
                + channel("c", "http://127.0.0.1:" + port + "/", ", retries: 1, retry_delay: 1s"));
    desk.fire("Slow", Severity.HIGH);
    desk.work("c");
    desk.pass(5, "c");
    assertThat(desk.count("c", "failed", "unreachable")).isEqualTo(1);
    assertThat(desk.count("c", "retried", "")).isEqualTo(1);
  }

  @Test
  void fullQueue_isCounted() throws Exception {
    Desk desk =
        new Desk("group_wait: 0s\nchannels:\n" + channel("c", good.url("/"), ", rate_limit: 3600"));
    for (int i = 0; i < Channel.MOST_WAITING + 5; i++) {
      desk.fire("Alert" + i, Severity.HIGH);
    }
    desk.notifier.work();
    assertThat(desk.count("c", "dropped", "queue_full")).isEqualTo(5);
  }

  @Test
  void retryAfter_isSecondsOrADate() {
    assertThat(HttpPost.retryAfterNanos("120")).isEqualTo(TimeUnit.SECONDS.toNanos(120));
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(90));
    assertThat(HttpPost.retryAfterNanos(date))
        .isBetween(TimeUnit.SECONDS.toNanos(60), TimeUnit.SECONDS.toNanos(90));
    assertThat(HttpPost.retryAfterNanos("soon")).isZero();
    assertThat(HttpPost.retryAfterNanos("-5")).isZero();
  }

  @Test
  void secrets_areInNoLineOfTheLog() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      Desk desk =
          new Desk(
              "group_wait: 0s\nchannels:\n"
                  + "  - {name: a, type: slack, url_env: SLACK, retries: 0}\n"
                  + "  - {name: b, type: webhook, url: '"
                  + good.url("/")
                  + "', headers_env: {Authorization: TOKEN}}\n"
                  + "  - {name: m, type: email, host: 127.0.0.1, port: 1, username: u,"
                  + " password_env: TOKEN, from: a@b.example, to: [c@d.example], retries: 0}\n",
              false,
              Map.of(
                  "SLACK",
                  "http://127.0.0.1:1/services/T000/s3cr3tpath",
                  "TOKEN",
                  "hunter2hunter2"));
      good.answer(403);
      desk.fire("Slow", Severity.HIGH);
      desk.work("a", "b", "m");
      assertThat(good.only().headers().get("Authorization")).isEqualTo("hunter2hunter2");
    } finally {
      System.setErr(before);
    }
    String said = log.toString(StandardCharsets.UTF_8);
    assertThat(said).contains("channel a (slack to http://127.0.0.1:1)", "channel b", "channel m");
    assertThat(said).doesNotContain("s3cr3tpath", "hunter2");
  }
}
