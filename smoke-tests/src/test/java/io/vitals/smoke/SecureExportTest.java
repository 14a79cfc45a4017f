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
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports over TLS to a backend whose certificate no JDK knows. */
@Tag("export")
class SecureExportTest {
  private static final String OTLP = "otel.exporter.otlp.";
  private static final String DURATION = "http.server.request.duration";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static Keys keys;

  @BeforeAll
  static void makeKeys() {
    keys =
        new Keys(folder)
            .add("authority", "RSA", Keys.AUTHORITY)
            .add("stranger", "RSA", Keys.AUTHORITY)
            .add("backend", "RSA", Keys.LOOPBACK, "authority")
            .add("elsewhere", "RSA", "san=dns:elsewhere.example", "authority")
            .add("rsa", "RSA", "san=dns:client", "authority")
            .add("ec", "EC", "san=dns:client", "authority");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 17, 25})
  void https_isTrustedByTheCertificateOfItsAuthority(int version) {
    try (OtlpReceiver receiver = https("backend", false)) {
      runOneRequest(trusting(Jvm.version(version).agent().exportingTo(receiver)), receiver);
    }
  }

  /** Who asks for the JVM's default context first decides what it is: that is the application. */
  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void defaultContext_isNotMade(int version) {
    Path log = folder.resolve("classes-" + version + ".log");
    try (OtlpReceiver receiver = https("backend", false)) {
      runOneRequest(
          trusting(Jvm.version(version).agent().exportingTo(receiver))
              .flag(LoadedClasses.flag(log)),
          receiver);
    }
    List<String> contexts =
        LoadedClasses.read(log).names(entry -> entry.name().contains(".SSLContextImpl"));
    assertThat(contexts)
        .contains("sun.security.ssl.SSLContextImpl$TLSContext")
        .noneMatch(name -> name.contains("Default"));
  }

  @ParameterizedTest
  @CsvSource({"rsa, 8", "rsa, 17", "ec, 8", "ec, 17"})
  void mutualTls_showsTheClientsCertificate(String client, int version) {
    try (OtlpReceiver receiver = https("backend", true)) {
      runOneRequest(mutual(Jvm.version(version).agent().exportingTo(receiver), client), receiver);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 17, 25})
  void grpc_isTrustedByTheCertificateOfItsAuthority(int version) {
    try (GrpcReceiver receiver = GrpcReceiver.startSecure(keys, "backend", "authority", false)) {
      runOneRequest(
          trusting(Jvm.version(version).agent().exportingTo(receiver.endpoint(), "grpc")),
          receiver.received(),
          receiver.received());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec"})
  void mutualTlsOverGrpc_showsTheClientsCertificate(String client) {
    try (GrpcReceiver receiver = GrpcReceiver.startSecure(keys, "backend", "authority", true)) {
      runOneRequest(
          mutual(Jvm.running().agent().exportingTo(receiver.endpoint(), "grpc"), client),
          receiver.received(),
          receiver.received());
    }
  }

  /** The traces go over mutual TLS, the metrics over TLS to another backend of another CA. */
  @Test
  void optionsOfOneSignal_areThatSignalsOnly() {
    Keys others = new Keys(folder.resolve("others"));
    assertThat(others.store().getParent().toFile().mkdirs()).isTrue();
    others.add("other", "EC", Keys.LOOPBACK);
    try (OtlpReceiver traces = https("backend", true);
        OtlpReceiver metrics = OtlpReceiver.startSecure(others.context("other", "other"), false)) {
      runOneRequest(
          Jvm.running()
              .agent()
              .exportingTo(metrics)
              .property(OTLP + "certificate", others.certificate("other").toString())
              .property(OTLP + "traces.endpoint", traces.endpoint() + "/v1/traces")
              .property(OTLP + "traces.certificate", certificate("authority"))
              .property(OTLP + "traces.client.certificate", certificate("rsa"))
              .property(OTLP + "traces.client.key", keys.key("rsa").toString()),
          traces.received(),
          metrics.received());
      assertThat(traces.received().metrics()).isEmpty();
      assertThat(metrics.received().spans()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // the backend's certificate, the trusted one, the property of the remedy, the reason counted
    "backend, stranger, certificate, javax.net.ssl.SSLHandshakeException",
    "elsewhere, authority, endpoint, javax.net.ssl.SSLPeerUnverifiedException"
  })
  void untrustedBackend_getsNothingAndIsNamedWithTheRemedy(
      String shown, String trusted, String remedy, String reason) {
    try (OtlpReceiver receiver = https(shown, false);
        OtlpReceiver metrics = OtlpReceiver.start()) {
      Jvm jvm =
          Jvm.running()
              .agent()
              .exportingTo(receiver)
              .property(OTLP + "metrics.endpoint", metrics.endpoint() + "/v1/metrics")
              .property(OTLP + "certificate", certificate(trusted));
      List<String> said = refused(jvm, receiver, metrics, reason);
      assertThat(said).singleElement().asString().contains(receiver.endpoint(), OTLP + remedy);
    }
  }

  /** What shows it, an alert or just the connection's end, is a race under TLS 1.3. */
  @ParameterizedTest
  @ValueSource(ints = {8, 17, 21, 25})
  void clientWithoutCertificate_isNamedWithTheRemedy(int version) {
    try (OtlpReceiver receiver = https("backend", true);
        OtlpReceiver metrics = OtlpReceiver.start()) {
      Jvm jvm =
          trusting(Jvm.version(version).agent().exportingTo(receiver))
              .property(OTLP + "metrics.endpoint", metrics.endpoint() + "/v1/metrics");
      assertThat(refused(jvm, receiver, metrics, null))
          .isNotEmpty()
          .allSatisfy(
              line ->
                  assertThat(line)
                      .contains(receiver.endpoint(), OTLP + "client.certificate")
                      .contains(OTLP + "client.key"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "certificate, missing", "certificate, garbage", "certificate, empty",
    "client.certificate, missing", "client.certificate, garbage", "client.certificate, empty",
    "client.key, missing", "client.key, garbage", "client.key, empty"
  })
  void badFile_isNamedByItsPropertyAndTheRestHolds(String option, String kind) throws IOException {
    Path file = folder.resolve(kind + ".pem");
    if (!kind.equals("missing")) {
      Files.writeString(file, kind.equals("garbage") ? "no certificate\n" : "");
    }
    // Over plain HTTP, so that it shows that the others among the options hold.
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      Jvm jvm = Jvm.running().agent().exportingTo(receiver).property(OTLP + "headers", "tenant=7");
      for (String each : List.of("certificate", "client.certificate")) {
        jvm.property(OTLP + each, option.equals(each) ? file.toString() : certificate("rsa"));
      }
      jvm.property(
          OTLP + "client.key",
          option.equals("client.key") ? file.toString() : keys.key("rsa").toString());
      try (ForkedJvm forked = jvm.start(Program.JDK_SHOP)) {
        oneRequest(forked, receiver.received(), receiver.received());
        assertThat(forked.err())
            .filteredOn(line -> line.contains(OTLP))
            .singleElement()
            .asString()
            .contains(OTLP + option + "=" + file);
        assertThat(forked.err()).hasSize(2).allMatch(line -> line.startsWith("vitals"));
      }
      assertThat(receiver.received().requests())
          .allMatch(request -> "7".equals(request.headers().get("tenant")));
    }
  }

  @Test
  void keyWithoutCertificate_isNamed() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .exportingTo(receiver)
                .property(OTLP + "client.key", keys.key("rsa").toString())
                .start(Program.JDK_SHOP)) {
      oneRequest(jvm, receiver.received(), receiver.received());
      assertThat(jvm.err())
          .filteredOn(line -> line.contains(OTLP + "client.key="))
          .singleElement()
          .asString()
          .contains(OTLP + "client.certificate");
    }
  }

  /**
   * Runs the shop until its backend for metrics has heard of the lost span; what was said of it.
   */
  private static List<String> refused(
      Jvm command, OtlpReceiver refusing, OtlpReceiver metrics, String reason) {
    try (ForkedJvm jvm = command.start(Program.JDK_SHOP)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      assertThat(visitor.get("/plain")).isEqualTo(200);
      jvm.awaitErrorLine(Pattern.compile(Pattern.quote(reason == null ? OTLP : reason)));
      assertThat(visitor.get("/plain")).isEqualTo(200);
      Losses.awaitAllSpans(metrics.received(), reason, 2);
      assertThat(jvm.finish()).isZero();
      assertThat(refusing.received().requests()).isEmpty();
      assertThat(jvm.err()).allMatch(line -> line.startsWith("vitals"));
      // The first line is the start's.
      return jvm.err().subList(1, jvm.err().size());
    }
  }

  private static void runOneRequest(Jvm jvm, OtlpReceiver receiver) {
    runOneRequest(jvm, receiver.received(), receiver.received());
  }

  private static OtlpReceiver https(String shown, boolean mutual) {
    return OtlpReceiver.startSecure(keys.context(shown, "authority"), mutual);
  }

  private static Jvm mutual(Jvm jvm, String client) {
    return trusting(jvm)
        .property(OTLP + "client.key", keys.key(client).toString())
        .property(OTLP + "client.certificate", certificate(client));
  }

  private static Jvm trusting(Jvm jvm) {
    return jvm.property(OTLP + "certificate", certificate("authority"));
  }

  private static String certificate(String name) {
    return keys.certificate(name).toString();
  }

  /** Runs the shop for one request, which has to arrive, and which nothing is said about. */
  private static void runOneRequest(Jvm jvm, Received traces, Received metrics) {
    try (ForkedJvm forked = jvm.start(Program.JDK_SHOP)) {
      oneRequest(forked, traces, metrics);
      assertThat(forked.noise()).isEmpty();
    }
  }

  private static void oneRequest(ForkedJvm jvm, Received traces, Received metrics) {
    assertThat(new Visitor(jvm.awaitPort()).get("/plain")).isEqualTo(200);
    traces.awaitSpans(spans -> servers(spans) == 1, PATIENCE);
    metrics.awaitMetric(DURATION, metric -> metric.points().get(0).count() == 1, PATIENCE);
    assertThat(jvm.finish()).isZero();
    assertThat(servers(traces.spans())).isEqualTo(1);
  }

  private static long servers(List<ReceivedSpan> spans) {
    return spans.stream().filter(span -> span.kind().equals("SERVER")).count();
  }
}
