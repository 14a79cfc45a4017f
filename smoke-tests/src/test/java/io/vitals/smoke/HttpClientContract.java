/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The calls that every HTTP client makes under contract; each is one request to its gateway. */
final class HttpClientContract {
  /** How many calls reach the peer before it answers the first. */
  static final int WAYS_THAT_MEET = 100;

  static final int KEPT_ALIVE = 20;

  private static final int TIMEOUT_MILLIS = 60_000;
  private static final int SHORT_TIMEOUT_MILLIS = 1_000;

  /** A client under contract, and the JDKs that it runs on; it joins by naming its program. */
  enum Fixture {
    HTTP_URL_CONNECTION(
        Program.URL_CONNECTION_CONTRACT, "", Traits.URL_CONNECTION, 8, 11, 17, 21, 25, 26),
    JDK_SYNC(Program.JDK_CLIENT_CONTRACT, "sync", Traits.JDK_CLIENT, 11, 17, 21, 25, 26),
    JDK_ASYNC(Program.JDK_CLIENT_CONTRACT, "async", Traits.JDK_CLIENT, 11, 17, 21, 25, 26),
    JDK_HTTP2(Program.JDK_CLIENT_CONTRACT, "http2", Traits.JDK_CLIENT, 11, 17, 21, 25, 26);

    final Program program;
    final String argument;
    final Traits traits;
    final int[] versions;

    Fixture(Program program, String argument, Traits traits, int... versions) {
      this.program = program;
      this.argument = argument;
      this.traits = traits;
      this.versions = versions;
    }

    /** What is captured of a header that has these values. */
    List<String> captured(String... values) {
      List<String> all = List.of(values);
      return traits.allValues ? all : all.subList(all.size() - 1, all.size());
    }

    boolean http2() {
      return argument.equals("http2");
    }

    /** What it throws for a certificate that it does not trust. */
    String untrusted(int version) {
      // The first release of java.net.http throws away what TLS said, where the caller waits.
      boolean hidden = version == 11 && (this == JDK_SYNC || this == JDK_HTTP2);
      return hidden ? "java.io.IOException" : "javax.net.ssl.SSLHandshakeException";
    }
  }

  /**
   * Where clients may differ.
   *
   * @param anyMethod whether it sends methods that nobody knows
   * @param reuses whether a request can be sent twice
   * @param allValues whether all values of a header show to who captures it, or the last one only
   * @param timedOut what it throws when nobody answers
   * @param dropped what it throws when the connection is closed before the answer
   * @param half what is left of an answer that ends too early
   * @param circle what is left of redirects without an end
   * @param own the calls that only it knows: name and shape of the whole trace
   */
  record Traits(
      boolean anyMethod,
      boolean reuses,
      boolean allValues,
      String timedOut,
      String dropped,
      Outcome half,
      Outcome circle,
      String[][] own) {
    static final Traits URL_CONNECTION =
        new Traits(
            false,
            false,
            false,
            "java.net.SocketTimeoutException",
            "java.net.SocketException",
            new Outcome("java.io.IOException", 200, null),
            Outcome.failure("java.net.ProtocolException"),
            new String[][] {
              {"output", "SERVER GET /own\n  CLIENT POST\n"},
              {"stream", "SERVER GET /own\n  CLIENT POST\n"},
              {"twice", "SERVER GET /own\n  CLIENT GET\n"},
              {"unread", "SERVER GET /own\n"},
            });
    static final Traits JDK_CLIENT =
        new Traits(
            true,
            true,
            true,
            "java.net.http.HttpTimeoutException",
            "java.io.IOException",
            Outcome.failure("java.io.IOException"),
            Outcome.status(302),
            new String[][] {
              {"invisible", "SERVER GET /own\n  CLIENT GET\n"},
              {"cancelled", "SERVER GET /own\n  CLIENT GET\n"},
            });
  }

  /**
   * How a call ends.
   *
   * @param answer the status or the exception that the caller gets
   * @param status what the span says; 0 for none
   * @param error what the span says; null for none
   */
  record Outcome(String answer, int status, String error) {
    static Outcome status(int status) {
      String text = Integer.toString(status);
      return new Outcome(text, status, status >= 400 ? text : null);
    }

    static Outcome failure(String exception) {
      return new Outcome(exception, 0, exception);
    }
  }

  /**
   * A call that was made.
   *
   * @param traceId of the request to the gateway
   * @param alone whether the call was made where that request is not known
   * @param shape the request's whole trace, or all traces of a call that was made alone
   * @param outcome null if only the shape counts
   */
  record Call(
      String traceId, boolean alone, String shape, String method, String url, Outcome outcome) {}

  final List<Call> calls = new ArrayList<>();

  /** Of each of the client's own calls whether it did what it should. */
  final Map<String, String> kept = new TreeMap<>();

  /** The trace of the one call whose request to the gateway was not sampled. */
  String unsampled;

  private final HttpClient visitor =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ForkedJvm.PATIENCE)
          .build();
  private final Fixture fixture;
  private final HttpPeer peer;
  private final String base;
  private int version;
  private int port;

  HttpClientContract(Fixture fixture, HttpPeer peer) {
    this.fixture = fixture;
    this.peer = peer;
    this.base = fixture.http2() ? peer.secure() : peer.plain();
  }

  /** Starts the client's program; its agent is the caller's. */
  ForkedJvm start(Jvm jvm, OtlpReceiver receiver) {
    String capture = "otel.instrumentation.http.client.capture-";
    ForkedJvm forked =
        peer.certificate()
            .trustedBy(jvm)
            .exportingTo(receiver)
            .property(capture + "request-headers", "x-question")
            .property(capture + "response-headers", "x-answer")
            .start(fixture.program, fixture.argument);
    version = jvm.version();
    port = forked.awaitPort();
    return forked;
  }

  /** Makes all calls. */
  void make() throws Exception {
    for (int i = 0; i < KEPT_ALIVE; i++) {
      call("GET", base + "/kept", Outcome.status(200));
    }
    call("GET", base + "/plain?q=1&r=a%20b", Outcome.status(200));
    call("POST", base + "/plain", Outcome.status(200));
    call("PUT", base + "/plain", Outcome.status(200));
    call("HEAD", base + "/plain", Outcome.status(200));
    if (fixture.traits.anyMethod) {
      call("BREW", base + "/plain", Outcome.status(200));
    }
    call("GET", base + "/moved", Outcome.status(200));
    call("GET", base + "/circle", fixture.traits.circle);
    call("GET", base + "/gone", Outcome.status(410));
    call("GET", base + "/unavailable", Outcome.status(503));
    // Over HTTP/2 the JDK's client sends the credentials to the server, which Tomcat refuses.
    call("GET", peer.plain().replace("//", "//me:secret@") + "/plain", Outcome.status(200));
    call("GET", base + "/plain?a=1&X-Amz-Signature=secret&sig=secret#part", Outcome.status(200));
    call("GET", peer.secure() + "/plain", Outcome.status(200));
    if (fixture.http2()) {
      call("GET", peer.plain() + "/upgraded", Outcome.status(200));
    }
    failures();
    ways();
    unsampled = next();
    assertThat(ask(request("/send", "GET", base + "/plain", TIMEOUT_MILLIS, unsampled, "00")))
        .isEqualTo("200");
    concurrency();
  }

  private void failures() throws Exception {
    call("GET", "http://localhost:1/", Outcome.failure("java.net.ConnectException"));
    call("GET", peer.broken() + "/dropped", Outcome.failure(fixture.traits.dropped));
    call("GET", peer.broken() + "/half", fixture.traits.half);
    call(
        "/send",
        "GET",
        peer.broken() + "/silent",
        SHORT_TIMEOUT_MILLIS,
        "SERVER GET /send\n  CLIENT GET\n",
        Outcome.failure(fixture.traits.timedOut));
    call("GET", peer.stranger() + "/plain", Outcome.failure(fixture.untrusted(version)));
  }

  private void ways() throws Exception {
    way("/alone", "SERVER GET /alone\nCLIENT GET\n");
    way("/then", "SERVER GET /then\n  CLIENT GET\n  CLIENT GET\n");
    way("/alone-then", "SERVER GET /alone-then\nCLIENT GET\nCLIENT GET\n");
    if (fixture.traits.reuses) {
      way("/again", "SERVER GET /again\n  CLIENT GET\n  CLIENT GET\n");
    }
    for (String[] own : fixture.traits.own) {
      String traceId = next();
      // What is cancelled is never answered.
      String url = own[0].equals("cancelled") ? peer.broken() + "/silent" : base + "/own";
      kept.put(own[0], ask(request("/own/" + own[0], own[0], url, TIMEOUT_MILLIS, traceId, "01")));
      calls.add(new Call(traceId, false, own[1], null, url, null));
    }
  }

  private void concurrency() {
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    for (int i = 0; i < WAYS_THAT_MEET; i++) {
      String traceId = next();
      String url = base + "/meet";
      String shape = "SERVER GET /send\n  CLIENT GET\n";
      calls.add(new Call(traceId, false, shape, "GET", url, Outcome.status(200)));
      answers.add(
          visitor
              .sendAsync(
                  request("/send", "GET", url, TIMEOUT_MILLIS, traceId, "01"),
                  HttpResponse.BodyHandlers.ofString())
              .thenAccept(answer -> assertThat(answer.body()).isEqualTo("200")));
    }
    answers.forEach(CompletableFuture::join);
  }

  private void call(String method, String url, Outcome outcome) throws Exception {
    String name = method.equals("BREW") ? "HTTP" : method;
    call(
        "/send", method, url, TIMEOUT_MILLIS, "SERVER GET /send\n  CLIENT " + name + "\n", outcome);
  }

  private void way(String way, String shape) throws Exception {
    // By the number in its URL a call that is made alone is found again.
    String url = base + way + "?call=" + calls.size();
    call(way, "GET", url, TIMEOUT_MILLIS, shape, Outcome.status(200));
  }

  private void call(
      String way, String method, String url, int timeoutMillis, String shape, Outcome outcome)
      throws Exception {
    String traceId = next();
    assertThat(ask(request(way, method, url, timeoutMillis, traceId, "01")))
        .as(method + " " + url)
        .isEqualTo(outcome.answer());
    calls.add(new Call(traceId, way.startsWith("/alone"), shape, method, url, outcome));
  }

  private String ask(HttpRequest request) throws Exception {
    return visitor.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private HttpRequest request(
      String way, String method, String url, int timeoutMillis, String traceId, String flags) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + way))
        .timeout(Duration.ofMillis(2 * TIMEOUT_MILLIS))
        .header("traceparent", "00-" + traceId + "-b7ad6b7169203331-" + flags)
        .header("tracestate", "vendor=1")
        .header("baggage", "who=me")
        .header("Method", method)
        .header("To", url)
        .header("Timeout", Integer.toString(timeoutMillis))
        .build();
  }

  /** Trace ids of no other run, so that the peer's requests can be told apart. */
  private static String next() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
