/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.vitals.bootstrap.Settings;
import io.vitals.exporter.config.Config;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the configuration says of span attributes. */
public final class SpanOptions {
  private static final List<String> KNOWN_METHODS =
      Arrays.asList(
          "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE");
  private static final List<String> SECRET_PARAMETERS =
      Arrays.asList(
          "AWSAccessKeyId",
          "Signature",
          "X-Amz-Signature",
          "X-Amz-Credential",
          "X-Amz-Security-Token",
          "sig",
          "X-Goog-Signature");

  final Set<String> knownMethods;
  final UrlText urls;
  final HeaderKeys serverRequestHeaders;
  final HeaderKeys serverResponseHeaders;
  final HeaderKeys clientRequestHeaders;
  final HeaderKeys clientResponseHeaders;
  final Map<String, String> peerServices;
  final int mostAttributes;
  final int longestValue;
  final int mostEvents;

  /** Reads the options. */
  public SpanOptions(Config config) {
    Settings settings = config.bootstrapSettings();
    String instrumentation = "otel.instrumentation.";
    knownMethods =
        new HashSet<>(config.list(instrumentation + "http.known-methods", KNOWN_METHODS));
    urls =
        new UrlText(
            config.list(
                instrumentation + "sanitization.url.experimental.sensitive-query-parameters",
                SECRET_PARAMETERS));
    serverRequestHeaders = HeaderKeys.request(settings.requestHeaders);
    serverResponseHeaders = HeaderKeys.response(settings.responseHeaders);
    clientRequestHeaders = HeaderKeys.request(settings.clientRequestHeaders);
    clientResponseHeaders = HeaderKeys.response(settings.clientResponseHeaders);
    peerServices = config.map(instrumentation + "common.peer-service-mapping");
    // 128 and no limit on values are the specification's defaults.
    mostAttributes =
        config.integer(
            "otel.span.attribute.count.limit",
            config.integer("otel.attribute.count.limit", 128, 0),
            0);
    longestValue =
        config.integer(
            "otel.span.attribute.value.length.limit",
            config.integer("otel.attribute.value.length.limit", Integer.MAX_VALUE, 0),
            0);
    mostEvents = config.integer("otel.span.event.count.limit", 128, 0);
  }

  /** The method as {@code http.request.method} gives it. */
  String method(String method) {
    return method != null && knownMethods.contains(method) ? method : ErrorType.OTHER;
  }
}
