/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.exporter.config.Config;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/**
 * What a failure is taken to say, by the exceptions that the JDKs and OkHttp were seen to throw.
 */
class RemedyTest {
  private static final String CERTIFICATE = "otel.exporter.otlp.client.certificate";

  @Test
  void connectionThatEnds_mayMissTheClientsCertificate() {
    IOException end = new IOException("unexpected end of stream on https://127.0.0.1:4318/...");
    end.initCause(new EOFException("\\n not found: limit=0 content=…"));
    SocketException pipe = new SocketException("Broken pipe");
    pipe.addSuppressed(end);

    assertThat(tls().about(end)).contains("if it asks for a certificate", CERTIFICATE);
    assertThat(tls().about(pipe)).contains("if it asks for a certificate", CERTIFICATE);
    assertThat(tls().about(new SocketException("Connection reset")))
        .contains("if it asks for a certificate", CERTIFICATE);
  }

  @Test
  void alert_isBelievedWhereverItStands() {
    SSLHandshakeException alert =
        new SSLHandshakeException("(certificate_required) Received fatal alert");
    SocketException pipe = new SocketException("Broken pipe");
    pipe.addSuppressed(alert);

    assertThat(tls().about(alert)).contains("it asks for a certificate that", CERTIFICATE);
    assertThat(tls().about(new IllegalStateException(pipe)))
        .contains("it asks for a certificate that", CERTIFICATE);
    assertThat(tls(CERTIFICATE, "client.pem").about(alert))
        .contains("it asks for a certificate that", CERTIFICATE);
  }

  @Test
  void otherFailures_tellNothing() {
    SSLHandshakeException within =
        new SSLHandshakeException("Remote host terminated the handshake");
    within.initCause(new EOFException("SSL peer shut down incorrectly"));

    assertThat(tls().about(within)).isNull();
    assertThat(tls().about(new ConnectException("Connection refused"))).isNull();
    assertThat(tls().about(new SocketTimeoutException("timeout"))).isNull();
    assertThat(tls().about(null)).isNull();
  }

  @Test
  void certificateThatIsShown_orNoTls_isNotAskedFor() {
    SocketException reset = new SocketException("Connection reset");

    assertThat(tls(CERTIFICATE, "client.pem").about(reset)).isNull();
    assertThat(tls("otel.exporter.otlp.traces.client.certificate", "c.pem").about(reset)).isNull();
    assertThat(tls("otel.exporter.otlp.metrics.client.certificate", "c.pem").about(reset))
        .isNotNull();
    assertThat(tls("otel.exporter.otlp.endpoint", "http://collector:4318").about(reset)).isNull();
  }

  private static Remedy tls(String... settings) {
    Map<String, String> all = new HashMap<>();
    all.put("otel.exporter.otlp.endpoint", "https://collector:4318");
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return Remedy.of(Config.of(null, all, Map.of()), "traces");
  }
}
