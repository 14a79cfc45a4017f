/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every HTTP server passes; a server joins by naming a {@link HttpServerFixture}. */
@Tag("servers")
class HttpServerContractTest {
  private static final int WAYS_THAT_MEET = 100;
  private static final String CALL = "  CLIENT GET\n    SERVER GET /echo\n";

  @TempDir static Path folder;
  private static SelfSigned certificate;

  static Stream<Arguments> servers() {
    return Arrays.stream(HttpServerFixture.values())
        .flatMap(
            fixture ->
                Arrays.stream(fixture.versions)
                    .mapToObj(version -> Arguments.of(fixture, version)));
  }

  /** A request that a case made: where it shows by its trace id, and what has to be there. */
  private record Asked(String traceId, String shape, int status, boolean failed) {}

  private final List<Asked> asked = new ArrayList<>();
  private int traces;
  private HttpServerFixture fixture;
  private int port;
  private int securePort;
  private HttpClient http1;
  private HttpClient http2;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = SelfSigned.in(folder, "key");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void server_keepsTheContract(HttpServerFixture server, int version) throws Exception {
    fixture = server;
    http1 = client(HttpClient.Version.HTTP_1_1);
    http2 = client(HttpClient.Version.HTTP_2);
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = start(version, receiver)) {
      if (fixture.https()) {
        securePort =
            Integer.parseInt(jvm.awaitLine(Pattern.compile("secure port=(\\d+)")).group(1));
      }
      port = jvm.awaitPort();
      common();
      if (fixture.servlets()) {
        servlets();
      }
      if (fixture.answersForPages()) {
        get("/throws", 500);
        get("/nothing", 404, fixture.routeOfNothing());
      } else {
        thrown();
      }
      hangUp();
      concurrency();
      unrelated();
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      if (fixture.looksForLeaks()) {
        assertThat(jvm.out()).contains("spans on threads: 0");
      }
      assertThat(jvm.noise()).isEmpty();
      check(receiver.received());
      details(receiver.received());
      assertThat(receiver.received().metric("vitals.agent.hook.failures")).isNull();
      assertThat(receiver.received().metric("vitals.agent.hooks.refused")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"b3", "b3multi"})
  void b3_isContinuedAndPassedOn(String propagator) throws Exception {
    String traceId = next();
    try (ForkedJvm jvm =
        Jvm.running()
            .agent("otel.traces.exporter=none;otel.metrics.exporter=none;otel.logs.exporter=none")
            .property("otel.propagators", propagator)
            .property("contract.key", certificate.store().toString())
            .start(Program.JDK_SERVER_CONTRACT)) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + jvm.awaitPort() + "/call"));
      if (propagator.equals("b3")) {
        request.header("b3", traceId + "-b7ad6b7169203331-1");
      } else {
        request.header("X-B3-TraceId", traceId);
        request.header("X-B3-SpanId", "b7ad6b7169203331").header("X-B3-Sampled", "1");
      }
      String seen =
          client(HttpClient.Version.HTTP_1_1)
              .send(request.build(), HttpResponse.BodyHandlers.ofString())
              .body();
      assertThat(seen)
          .contains(propagator.equals("b3") ? "b3: " + traceId : "x-b3-traceid: " + traceId)
          .doesNotContain("traceparent", "b7ad6b7169203331");
    }
  }

  private ForkedJvm start(int version, OtlpReceiver receiver) {
    String capture = "otel.instrumentation.http.server.capture-";
    return fixture
        .prepared(Jvm.version(version))
        .agent()
        .exportingTo(receiver)
        .property("contract.key", certificate.store().toString())
        .property(capture + "request-headers", "x-question")
        .property(capture + "response-headers", "x-answer")
        .start(fixture.program);
  }

  private static HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(certificate.trust())
        .connectTimeout(ForkedJvm.PATIENCE)
        .build();
  }

  private void common() throws Exception {
    get("/plain?q=1&r=a%20b", 200);
    get("/moved", 302);
    get("/gone", 410);
    get("/unavailable", 503);
    ask("HEAD", "/plain", 200, server("HEAD", "/plain"));
    ask("BREW", "/plain", 200, server("HTTP", "/plain"));
    assertThat(ask("POST", "/body", 200, server("POST", "/body"))).isEqualTo("bytes: 9");
    String seen = ask("GET", "/call", 200, server("GET", "/call") + CALL);
    assertThat(seen)
        .contains("traceparent: 00-" + last().traceId())
        .contains("tracestate: vendor=1\n")
        .contains("baggage: who=me\n");
    if (fixture.asynchronous()) {
      ask("GET", "/async", 200, server("GET", "/async") + CALL);
    }
    if (fixture.https()) {
      encrypted();
    }
  }

  private void encrypted() throws Exception {
    send(http1, "https", "GET", "/plain", 200, server("GET", "/plain"));
    send(http2, "http", "GET", "/call", 200, server("GET", "/call") + CALL);
    send(http2, "https", "GET", "/call", 200, server("GET", "/call") + CALL);
  }

  private void servlets() throws Exception {
    get("/items/17", 200, " /items/*");
    get("/about.html", 200, " /*.html");
    get("/guarded/yes", 200);
    get("/guarded/no", 403, fixture.routeOfGuard());
    if (fixture.asynchronous()) {
      ask("GET", "/async-start", 200, server("GET", "/async-start") + CALL);
      ask("GET", "/async-dispatch", 200, server("GET", "/async-dispatch") + CALL);
    }
    if (fixture.timesOut()) {
      get("/async-timeout", 500);
    }
    get("/teapot", 418);
    ask("GET", "/forward", 200, server("GET", "/forward") + CALL);
  }

  /** The server closes the connection. */
  private void thrown() throws Exception {
    String traceId = next();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      write(socket, "/throws", traceId);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    asked.add(new Asked(traceId, server("GET", "/throws"), 0, true));
  }

  /** The client is gone before the answer, which does not fit into any buffer. */
  private void hangUp() throws Exception {
    String traceId = next();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      write(socket, "/late", traceId);
      get("/started", 200);
      socket.setSoLinger(true, 0);
    }
    get("/release", 200);
    asked.add(new Asked(traceId, server("GET", "/late"), -1, false));
  }

  private static void write(Socket socket, String path, String traceId) throws IOException {
    socket.setSoTimeout(30_000);
    String request =
        "GET " + path + " HTTP/1.1\r\nHost: localhost\r\ntraceparent: " + parent(traceId);
    socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void concurrency() {
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    for (int i = 0; i < WAYS_THAT_MEET; i++) {
      String traceId = next();
      asked.add(new Asked(traceId, server("GET", "/meet") + CALL, 200, false));
      answers.add(
          http1
              .sendAsync(
                  request("http", "GET", "/meet", traceId), HttpResponse.BodyHandlers.ofString())
              .thenAccept(answer -> assertThat(answer.body()).contains("00-" + traceId)));
    }
    answers.forEach(CompletableFuture::join);
  }

  /** On the threads of before, without a remote parent: roots of traces of their own. */
  private void unrelated() {
    Visitor visitor = new Visitor(port);
    for (int i = 0; i < 10; i++) {
      assertThat(visitor.get("/plain")).isEqualTo(200);
    }
  }

  /** The span of a page that makes none below it. */
  private String server(String method, String path) {
    return "SERVER " + method + fixture.route(path) + "\n";
  }

  private void get(String path, int status) throws Exception {
    get(path, status, fixture.route(path.replaceAll("\\?.*", "")));
  }

  private void get(String path, int status, String route) throws Exception {
    ask("GET", path, status, "SERVER GET" + route + "\n");
  }

  private String ask(String method, String path, int status, String shape) throws Exception {
    // Only GET and HEAD are repeated by the client if the server has just closed the connection.
    boolean repeated = method.equals("GET") || method.equals("HEAD");
    HttpClient client = repeated ? http1 : client(HttpClient.Version.HTTP_1_1);
    return send(client, "http", method, path, status, shape);
  }

  private String send(
      HttpClient client, String scheme, String method, String path, int status, String shape)
      throws Exception {
    String traceId = next();
    HttpResponse<String> answer =
        client.send(request(scheme, method, path, traceId), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path).isEqualTo(status);
    asked.add(new Asked(traceId, shape, status, status >= 500));
    return answer.body();
  }

  private HttpRequest request(String scheme, String method, String path, String traceId) {
    int to = scheme.equals("https") ? securePort : port;
    return HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + to + path))
        .timeout(Duration.ofSeconds(60))
        .header("traceparent", parent(traceId))
        .header("tracestate", "vendor=1")
        .header("baggage", "who=me")
        .header("X-Question", "first")
        .header("X-Question", "second")
        .method(
            method,
            method.equals("POST")
                ? HttpRequest.BodyPublishers.ofString("nine byte")
                : HttpRequest.BodyPublishers.noBody())
        .build();
  }

  private String next() {
    traces++;
    return "0af7651916cd43dd8448eb21%08x".formatted(traces);
  }

  private Asked last() {
    return asked.get(asked.size() - 1);
  }

  private static String parent(String traceId) {
    return "00-" + traceId + "-b7ad6b7169203331-01";
  }

  private void check(Received received) {
    List<TraceTree> trees = received.traces();
    for (Asked request : asked) {
      List<TraceTree> found =
          trees.stream().filter(t -> t.span().traceId().equals(request.traceId())).toList();
      assertThat(found).as(request.toString()).hasSize(1);
      ReceivedSpan span = found.get(0).span();
      assertThat(found.get(0).shape()).isEqualTo(request.shape());
      assertThat(span.parentId()).isEqualTo("b7ad6b7169203331");
      if (request.status() >= 0) {
        assertThat(span.status())
            .as(span.toString())
            .isEqualTo(request.failed() ? "ERROR" : "UNSET");
      }
      if (request.status() > 0) {
        assertThat(span.attributes())
            .containsEntry("http.response.status_code", (long) request.status());
      }
    }
    List<TraceTree> rest =
        trees.stream()
            .filter(t -> asked.stream().noneMatch(a -> a.traceId().equals(t.span().traceId())))
            .toList();
    assertThat(rest).extracting(TraceTree::shape).containsOnly(server("GET", "/plain")).hasSize(10);
    assertThat(rest).allMatch(tree -> tree.span().parentId().isEmpty());
    assertThat(rest).extracting(tree -> tree.span().traceId()).doesNotHaveDuplicates();
  }

  private void details(Received received) {
    List<ReceivedSpan> spans = received.spans();
    assertThat(of(spans, "HTTP", "/plain"))
        .allSatisfy(
            span ->
                assertThat(span.attributes())
                    .containsEntry("http.request.method", "_OTHER")
                    .containsEntry("http.request.method_original", "BREW"))
        .hasSize(1);
    assertThat(of(spans, "POST", "/body").get(0).attributes())
        .containsEntry("http.request.header.x-question", List.of("first", "second"))
        .containsEntry("http.response.header.x-answer", List.of("one", "two"));
    assertThat(of(spans, "GET", "/plain"))
        .anySatisfy(
            span ->
                assertThat(span.attributes())
                    .containsEntry("url.path", "/plain")
                    .containsEntry("url.query", "q=1&r=a%20b"))
        .anySatisfy(
            span ->
                assertThat(span.attributes())
                    .containsEntry("url.scheme", fixture.https() ? "https" : "http"));
    assertThat(of(spans, "GET", "/throws").get(0).events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.name()).isEqualTo("exception");
              assertThat(event.attributes())
                  .containsEntry("exception.type", "java.lang.IllegalStateException")
                  .containsEntry("exception.message", "thrown");
            });
    assertThat(of(spans, "GET", "/unavailable").get(0).attribute("error.type")).isEqualTo("503");
    if (fixture.http2()) {
      assertThat(of(spans, "GET", "/call"))
          .filteredOn(span -> "2".equals(span.attribute("network.protocol.version")))
          .isNotEmpty();
    }
  }

  /** The spans of the requests to a path, by the method that they are named by. */
  private static List<ReceivedSpan> of(List<ReceivedSpan> spans, String method, String path) {
    return spans.stream()
        .filter(span -> span.kind().equals("SERVER") && path.equals(span.attribute("url.path")))
        .filter(span -> span.name().startsWith(method))
        .toList();
  }
}
