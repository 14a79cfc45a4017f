/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What arrives at a peer on the loopback, what comes back from it, and that nothing waits forever.
 */
@Timeout(60)
class PlainHttpSenderTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final PeerSettings settings = new PeerSettings();
  private PlainHttpSender sender;

  @AfterEach
  void end() {
    if (sender != null) {
      sender.shutdown();
    }
  }

  private CompletableFuture<HttpResponse> send(byte[] message) {
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    try {
      if (sender == null) {
        sender = new PlainHttpSender(settings);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    sender.send(new Bytes(message), answer::complete, answer::completeExceptionally);
    return answer;
  }

  private HttpResponse answer(byte[] message) throws Exception {
    return send(message).get(30, TimeUnit.SECONDS);
  }

  private Throwable failure(byte[] message) throws Exception {
    try {
      throw new AssertionError("answered with " + answer(message).getStatusCode());
    } catch (ExecutionException failed) {
      return failed.getCause();
    }
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }

  @Test
  void messages_arriveWholeOverOneConnection() throws Exception {
    Queue<Integer> ports = new ConcurrentLinkedQueue<>();
    Queue<String> heads = new ConcurrentLinkedQueue<>();
    ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          ports.add(exchange.getRemoteAddress().getPort());
          heads.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + exchange.getRequestHeaders().get("X-Key"));
          arrived.write(read(exchange.getRequestBody()));
          exchange.sendResponseHeaders(200, 3);
          exchange.getResponseBody().write(new byte[] {1, 2, 3});
          exchange.close();
        });
    server.start();
    try {
      settings.endpoint =
          URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces?a=%20b");
      settings.headers.put("X-Key", Arrays.asList("one", "two"));
      byte[] first = bytes(1_000_000);
      byte[] second = bytes(10);

      assertThat(answer(first).getResponseBody()).containsExactly(1, 2, 3);
      assertThat(answer(second).getStatusCode()).isEqualTo(200);

      assertThat(arrived.toByteArray()).startsWith(first).endsWith(second).hasSize(1_000_010);
      assertThat(ports).hasSize(2).allMatch(port -> port.equals(ports.peek()));
      assertThat(heads)
          .containsOnly("/v1/traces?a=%20b application/x-protobuf [one, two]")
          .hasSize(2);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void compressedMessage_isWhatItWas() throws Exception {
    settings.compressor = new Gzip();
    try (Peer peer = peer(OK)) {
      byte[] message = bytes(200_000);
      answer(message);
      Peer.Request request = peer.requests.peek();
      assertThat(request.head).contains("Content-Encoding: gzip");
      assertThat(read(new GZIPInputStream(new ByteArrayInputStream(request.body))))
          .isEqualTo(message);
    }
  }

  private Peer peer(String... answers) throws IOException {
    Peer peer = new Peer(answers);
    settings.endpoint = URI.create(peer.endpoint());
    return peer;
  }

  @Test
  void answersOfAllShapes_areRead() throws Exception {
    String[] answers = {
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:2\r\n\r\nok",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\no\r\n1\r\nk\r\n0\r\nA: b\r\n\r\n",
      "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok" + Peer.END,
      "HTTP/1.0 200 OK\r\n\r\nok" + Peer.END,
      "HTTP/1.1 200\nContent-Length: 2\n\nok",
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok" + Peer.END,
    };
    try (Peer peer = peer(answers)) {
      for (int i = 0; i < answers.length; i++) {
        HttpResponse response = answer(bytes(10));
        assertThat(response.getStatusCode()).as(answers[i]).isEqualTo(200);
        assertThat(new String(response.getResponseBody(), "UTF-8")).as(answers[i]).isEqualTo("ok");
      }
      // The first two on one connection, the third on the same; then each after an end on a new
      // one.
      assertThat(peer.connections.get()).isEqualTo(3);
    }
  }

  @Test
  void statusThatIsFinal_isTheAnswer() throws Exception {
    settings.retry = RetryPolicy.getDefault();
    try (Peer peer = peer("HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n")) {
      HttpResponse response = answer(bytes(10));
      assertThat(response.getStatusCode()).isEqualTo(400);
      assertThat(response.getStatusMessage()).isEqualTo("Bad");
      assertThat(peer.requests).hasSize(1);
    }
  }

  @Test
  void backendThatAsksForPatience_getsIt() throws Exception {
    settings.retry = RetryPolicy.getDefault();
    String busy = "HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n";
    try (Peer peer = peer(busy, OK)) {
      long start = System.nanoTime();
      assertThat(answer(bytes(10)).getStatusCode()).isEqualTo(200);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
      assertThat(peer.requests).hasSize(2);
      assertThat(peer.connections.get()).isEqualTo(1);
    }
  }

  @Test
  void attempts_endWithTheirNumberOrTheTime() throws Exception {
    String busy = "HTTP/1.1 429 Slow down\r\nContent-Length: 0\r\n\r\n";
    settings.retry =
        RetryPolicy.builder()
            .setMaxAttempts(3)
            .setInitialBackoff(Duration.ofMillis(5))
            .setMaxBackoff(Duration.ofMillis(5))
            .build();
    try (Peer peer = peer(busy)) {
      assertThat(answer(bytes(10)).getStatusCode()).isEqualTo(429);
      assertThat(peer.requests).hasSize(3);
    }
    sender.shutdown();
    sender = null;
    settings.timeout = Duration.ofMillis(300);
    try (Peer peer = peer("HTTP/1.1 503 Busy\r\nRetry-After: 100\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(answer(bytes(10)).getStatusCode()).isEqualTo(503);
      assertThat(peer.requests).hasSize(1);
    }
  }

  @Test
  void keptConnectionThatThePeerEnded_isNoFailure() throws Exception {
    try (Peer peer = peer(OK + Peer.END)) {
      for (int i = 0; i < 20; i++) {
        assertThat(answer(bytes(10)).getStatusCode()).isEqualTo(200);
      }
      assertThat(peer.requests).hasSize(20);
      assertThat(peer.connections.get()).isEqualTo(20);
    }
  }

  @Test
  void peerThatIsNotThere_refuses() throws Exception {
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      settings.endpoint = URI.create("http://localhost:" + gone.getLocalPort() + "/");
    }
    assertThat(failure(bytes(10))).isInstanceOf(ConnectException.class);
  }

  @Test
  void nameThatNobodyHas_isSaid() throws Exception {
    settings.endpoint = URI.create("http://nobody.invalid:1/");
    assertThat(failure(bytes(10))).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void nonsense_isShownInShort() throws Exception {
    try (Peer peer = peer("SSH-2.0-OpenSSH_9.2p1 and a lot more that nobody wants to read\r\n")) {
      assertThat(failure(bytes(10)))
          .isInstanceOf(java.net.ProtocolException.class)
          .hasMessage("the answer is not HTTP: SSH-2.0-OpenSSH_9.2p1 and a lot more tha...");
    }
  }

  @Test
  void answerThatNeverEnds_isBounded() throws Exception {
    try (Peer peer = peer("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + blanks(100_000))) {
      settings.longestBody = 50_000;
      assertThat(failure(bytes(10))).hasMessageContaining("exceeded limit of 50000 bytes");
    }
    sender.shutdown();
    sender = null;
    try (Peer peer = peer("HTTP/1.1 200 OK\r\nX: " + blanks(100_000))) {
      assertThat(failure(bytes(10))).hasMessageContaining("longer than 65536 bytes");
    }
  }

  private static String blanks(int count) {
    char[] blanks = new char[count];
    Arrays.fill(blanks, ' ');
    return new String(blanks);
  }

  @Test
  void peerThatSaysNothing_isLeftAtTheDeadline() throws Exception {
    settings.timeout = Duration.ofMillis(200);
    try (Peer peer = peer("")) {
      assertThat(failure(bytes(10))).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void peerThatReadsNothing_isLeftAtTheDeadline() throws Exception {
    settings.timeout = Duration.ofMillis(500);
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      settings.endpoint = URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/");
      assertThat(failure(bytes(50_000_000))).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void shutdown_breaksOffWhatIsUnderWay() throws Exception {
    settings.timeout = Duration.ofMinutes(5);
    try (Peer peer = peer("")) {
      CompletableFuture<HttpResponse> underWay = send(bytes(10));
      CompletableFuture<HttpResponse> waiting = send(bytes(10));
      while (peer.requests.isEmpty()) {
        Thread.sleep(1);
      }
      sender.shutdown();
      for (CompletableFuture<HttpResponse> each : Arrays.asList(underWay, waiting)) {
        assertThatThrownBy(() -> each.get(30, TimeUnit.SECONDS))
            .hasMessageContaining("the exporter has ended");
      }
      assertThat(failure(bytes(10))).hasMessage("the exporter has ended");
    }
  }

  @Test
  void listenerThatFails_endsNothing() throws Exception {
    try (Peer peer = peer(OK)) {
      sender = new PlainHttpSender(settings);
      sender.send(
          new Bytes(bytes(10)),
          response -> {
            throw new IllegalStateException("does not want it");
          },
          error -> {});
      assertThat(answer(bytes(10)).getStatusCode()).isEqualTo(200);
    }
  }

  @Test
  void headerWithALineBreak_isRefused() throws Exception {
    settings.headers.put("X-Key", List.of("a\r\nX-Other: b"));
    try (Peer peer = peer(OK)) {
      assertThat(failure(bytes(10))).isInstanceOf(IllegalArgumentException.class);
      assertThat(peer.requests).isEmpty();
    }
  }

  @Test
  void tlsAndProxies_areNotForThis() {
    settings.endpoint = URI.create("http://collector:4318/v1/traces");
    assertThat(PlainHttpSender.suits(settings)).isTrue();
    settings.proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", 3128));
    assertThat(PlainHttpSender.suits(settings)).isFalse();
    settings.proxy = Proxy.NO_PROXY;
    assertThat(PlainHttpSender.suits(settings)).isTrue();
    settings.endpoint = URI.create("https://collector:4318/v1/traces");
    assertThat(PlainHttpSender.suits(settings)).isFalse();
  }

  private static byte[] read(InputStream input) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    for (int count = input.read(part); count >= 0; count = input.read(part)) {
      all.write(part, 0, count);
    }
    return all.toByteArray();
  }

  private static final class Bytes implements MessageWriter {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void writeMessage(OutputStream output) throws IOException {
      output.write(bytes);
    }

    @Override
    public int getContentLength() {
      return bytes.length;
    }
  }

  private static final class Gzip implements Compressor {
    @Override
    public String getEncoding() {
      return "gzip";
    }

    @Override
    public OutputStream compress(OutputStream output) throws IOException {
      return new GZIPOutputStream(output);
    }
  }
}
