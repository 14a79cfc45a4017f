/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.config;

/** Says for people where a signal goes over OTLP, without credentials that the URL may hold. */
public final class OtlpEndpoint {
  private static final String OTLP = "otel.exporter.otlp.";

  private OtlpEndpoint() {}

  /** The URL as configured for {@code traces} or {@code metrics}, or the protocol's default. */
  public static String of(Config config, String signal) {
    String protocol =
        config.string(
            OTLP + signal + ".protocol", config.string(OTLP + "protocol", "http/protobuf"));
    String byDefault = protocol.equals("grpc") ? "http://localhost:4317" : "http://localhost:4318";
    String url =
        config.string(OTLP + signal + ".endpoint", config.string(OTLP + "endpoint", byDefault));
    return OneLine.of(withoutCredentials(url));
  }

  private static String withoutCredentials(String url) {
    int scheme = url.indexOf("://");
    int at = url.lastIndexOf('@');
    return scheme < 0 || at < scheme ? url : url.substring(0, scheme + 3) + url.substring(at + 1);
  }
}
