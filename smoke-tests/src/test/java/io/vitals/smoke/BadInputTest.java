/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests that are malformed and pages that fail in ugly ways: the answers are those without the
 * agent, byte by byte where they do not tell the time, and what was measured is true.
 */
@Tag("input")
class BadInputTest {
  @TempDir static Path folder;

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String GOOD = "00-" + TRACE + "-00f067aa0ba902b7-01";

  /** What may not be taken for a parent. */
  private static final List<String> NO_PARENTS =
      List.of(
          "traceparent: ",
          "traceparent: -",
          "traceparent: 00-" + TRACE,
          "traceparent: 00-" + TRACE + "-00f067aa0ba902b7",
          "traceparent: 00-" + TRACE + "-00f067aa0ba902b7-",
          "traceparent: 00-" + TRACE.toUpperCase() + "-00f067aa0ba902b7-01",
          "traceparent: 00-" + "0".repeat(32) + "-00f067aa0ba902b7-01",
          "traceparent: 00-" + TRACE + "-" + "0".repeat(16) + "-01",
          "traceparent: ff-" + TRACE + "-00f067aa0ba902b7-01",
          "traceparent: " + GOOD + "-extra",
          "traceparent: " + GOOD.replace('-', '_'),
          "traceparent: 00-" + TRACE.replace('4', '\u00e4') + "-00f067aa0ba902b7-01",
          "traceparent: " + "00-".repeat(2_700),
          "traceparent: " + GOOD + "f".repeat(64 * 1024),
          "b3: " + "1".repeat(8 * 1024),
          "baggage: " + "a=b,".repeat(16 * 1024));

  /** What leaves a good parent beside it as it is. */
  private static final List<String> BESIDE_A_PARENT =
      List.of(
          "tracestate: ",
          "tracestate: ,,,===",
          "tracestate: " + "a=b,".repeat(2_048),
          "tracestate: " + "a".repeat(64 * 1024),
          "baggage: =;,=\"",
          "baggage: " + "\u00ff".repeat(8 * 1024),
          "b3: not-a-trace");

  private static final List<String> LINES =
      List.of(
          "PURGE /plain HTTP/1.1",
          "p\u00e4tch /plain HTTP/1.1",
          "GET /%ff%fe/\u00e4 HTTP/1.1",
          "GET /plain?%zz=%&&=&a=%ff HTTP/1.1",
          "GET /" + "a".repeat(64 * 1024) + " HTTP/1.1",
          "GET /plain HTTP/9.9",
          "GET plain HTTP/1.1",
          "nonsense",
          "GET /%2e%2e/%00 HTTP/1.1");

  private static final List<String> PAGES =
      List.of("/recursion", "/memory", "/death", "/amnesia", "/statement", "/tables", "/plain");

  @ParameterizedTest
  @CsvSource({"INSULTS8, 8", "INSULTS, 17", "INSULTS, 25"})
  void insult_isAnsweredAsWithoutTheAgent(Program program, int version) throws IOException {
    Map<String, String> expected;
    try (ForkedJvm forked = jvm(version).start(program)) {
      expected = insulted(forked.awaitPort());
      assertThat(forked.finish()).as(forked::toString).isZero();
    }
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm forked = jvm(version).agent().exportingTo(receiver).start(program)) {
      Map<String, String> answers = insulted(forked.awaitPort());
      assertThat(forked.finish()).as(forked::toString).isZero();
      assertThat(answers).isEqualTo(expected);
      assertThat(forked.err()).filteredOn(line -> line.startsWith("vitals")).hasSize(1);
      checkParents(receiver.received());
      checkMethods(receiver.received());
      checkPages(receiver.received());
    }
  }

  /** All at once: each is named in one line, and the program serves. */
  @Test
  void badOptions_areEachNamedOnceAndTheProgramServes() throws IOException {
    Path binary = Files.write(folder.resolve("binary.properties"), binary());
    List<String> options =
        List.of(
            "otel.metric.export.interval=-5",
            "otel.bsp.max.queue.size=99999999999999",
            "otel.bsp.schedule.delay=1 fortnight",
            "otel.exporter.otlp.endpoint=http://h:99999",
            "otel.exporter.otlp.protocol=pigeon",
            "otel.exporter.otlp.timeout=" + "9".repeat(10_000),
            "otel.traces.sampler=parentbased_traceidratio",
            "otel.traces.sampler.arg=two",
            "otel.resource.attributes=" + "=,".repeat(5_000),
            "otel.propagators=tracecontext,pigeon",
            "vitals.percentiles=0.5,7",
            "vitals.log.level=loud",
            "vitals.history.max-megabytes=-1",
            "vitals.alerts.file=" + folder,
            "vitals.extensions=" + folder.resolve("none.jar"),
            "vitals.config.file=" + binary);
    Jvm jvm = Jvm.running().agent();
    for (String option : options) {
      int equals = option.indexOf('=');
      jvm.property(option.substring(0, equals), option.substring(equals + 1));
    }
    jvm.property("vitals.history.dir", folder.resolve("history").toString());
    jvm.property("otel.service.name", "two\nlines\r\nand\u0001more");
    try (ForkedJvm forked = jvm.start(Program.JDK_SHOP)) {
      assertThat(new Visitor(forked.awaitPort()).get("/plain")).isEqualTo(200);
      // The rules' file is looked at a little later.
      forked.awaitErrorLine(Pattern.compile("vitals\\.alerts\\.file"));
      assertThat(forked.finish()).as(forked::toString).isZero();
      assertThat(forked.err()).allMatch(line -> line.startsWith("vitals"));
      assertThat(forked.err()).allMatch(line -> line.length() < 1_000);
      for (String option : options) {
        String name = option.substring(0, option.indexOf('='));
        if (!name.equals("otel.traces.sampler")) {
          assertThat(forked.err())
              .filteredOn(line -> line.matches(".*" + Pattern.quote(name) + "\\b(?![.\\w]).*"))
              .as(name)
              .hasSize(1);
        }
      }
    }
  }

  private static byte[] binary() {
    byte[] bytes = new byte[100_000];
    new Random(10).nextBytes(bytes);
    return bytes;
  }

  private static Jvm jvm(int version) {
    Jvm jvm = Jvm.version(version);
    // The page that wipes thread-local values reaches into the JDK.
    return version == 8 ? jvm : jvm.flag("--add-opens=java.base/java.lang=ALL-UNNAMED");
  }

  /** The answer to each insult, by a short form of it. */
  private static Map<String, String> insulted(int port) throws IOException {
    Map<String, String> answers = new LinkedHashMap<>();
    for (int i = 0; i < NO_PARENTS.size(); i++) {
      ask(answers, port, "GET /plain?alone=" + i + " HTTP/1.1", NO_PARENTS.get(i));
    }
    for (int i = 0; i < BESIDE_A_PARENT.size(); i++) {
      String line = "GET /plain?beside=" + i + " HTTP/1.1";
      ask(answers, port, line, BESIDE_A_PARENT.get(i) + "\r\ntraceparent: " + GOOD);
    }
    for (String line : LINES) {
      ask(answers, port, line, "Accept: */*");
    }
    for (String page : PAGES) {
      ask(answers, port, "GET " + page + " HTTP/1.1", "Accept: */*");
    }
    return answers;
  }

  /** Sends the bytes as they are and reads until the server ends the connection. */
  private static void ask(Map<String, String> answers, int port, String line, String header)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      String head = line + "\r\nHost: h\r\nConnection: close\r\n" + header + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getInputStream().transferTo(answer);
    } catch (IOException reset) {
      answer.write("reset".getBytes(StandardCharsets.US_ASCII));
    }
    String key = answers.size() + " " + line.substring(0, Math.min(40, line.length()));
    answers.put(key, timeless(answer.toString(StandardCharsets.ISO_8859_1)));
  }

  /** Without the date; of a deep stack only that it was one, since its depth is chance. */
  private static String timeless(String answer) {
    String undated = answer.replaceAll("\r\nDate: [^\r]*", "");
    return undated.contains("StackOverflowError") ? undated.split("\r\n")[0] : undated;
  }

  private static void checkParents(Received received) {
    List<String> wrong = new ArrayList<>();
    for (ReceivedSpan span : received.spans()) {
      String query = span.attribute("url.query");
      if (query != null && query.startsWith("alone=") && !span.parentId().isEmpty()) {
        wrong.add(query + " has a parent: " + span);
      }
      if (query != null && query.startsWith("beside=") && !span.traceId().equals(TRACE)) {
        wrong.add(query + " is not in the caller's trace: " + span);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(received.spans())
        .filteredOn(span -> String.valueOf((Object) span.attribute("url.query")).contains("="))
        .hasSizeGreaterThanOrEqualTo(NO_PARENTS.size() + BESIDE_A_PARENT.size());
  }

  private static void checkMethods(Received received) {
    assertThat(received.spans())
        .filteredOn(span -> "_OTHER".equals(span.attribute("http.request.method")))
        .extracting(span -> span.name() + " " + span.attribute("http.request.method_original"))
        .contains("HTTP /plain PURGE");
  }

  private static void checkPages(Received received) {
    List<String> shapes = received.traces().stream().map(TraceTree::shape).toList();
    assertThat(shapes)
        .contains("SERVER GET /recursion\n", "SERVER GET /memory\n", "SERVER GET /death\n")
        .contains("SERVER GET /statement\n  CLIENT SELECT\n", "SERVER GET /plain\n");
    assertThat(shapes).anyMatch(shape -> shape.startsWith("SERVER GET /amnesia\n"));
    ReceivedMetric durations = received.metric("db.client.operation.duration");
    // A process exports few times, so the newest of the cumulative points holds everything.
    assertThat(durations.points()).hasSizeLessThanOrEqualTo(2_001);
    assertThat(durations.points())
        .filteredOn(point -> Boolean.TRUE.equals(point.attributes().get("otel.metric.overflow")))
        .hasSize(1);
    long statements = durations.points().stream().mapToLong(ReceivedMetric.Point::count).sum();
    assertThat(statements).as("statements counted").isEqualTo(3_003);
    assertThat(received.metric("vitals.agent.hook.failures")).isNull();
  }
}
