/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.proto.trace.v1.Span;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.exporter.Exporter;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.queue.Handoff;
import io.vitals.exporter.resource.ServiceName;
import io.vitals.exporter.resource.Surroundings;
import io.vitals.exporter.self.Counters;
import io.vitals.exporter.span.Spans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every property that the SDK of OpenTelemetry's agent knows either changes something here or is
 * named as changing nothing.
 */
class OtelPropertiesTest {
  /**
   * A property with an effect.
   *
   * @param name of the property
   * @param value another than its default
   * @param effect what is different with it
   */
  private record Effective(String name, String value, Function<Config, Object> effect) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<String> WITHOUT_EFFECT =
      List.of(
          "otel.config.file",
          "otel.java.enabled.resource.providers",
          "otel.java.disabled.resource.providers",
          "otel.resource.providers.aws.enabled",
          "otel.resource.providers.gcp.enabled",
          "otel.resource.providers.azure.enabled",
          "otel.exporter.otlp.insecure",
          "otel.experimental.otlp.buffer-size",
          "otel.exporter.prometheus.host",
          "otel.exporter.prometheus.port",
          "otel.java.experimental.exporter.prometheus.metrics.default.histogram.aggregation",
          "otel.exporter.zipkin.endpoint",
          "otel.blrp.schedule.delay",
          "otel.blrp.max.queue.size",
          "otel.blrp.max.export.batch.size",
          "otel.blrp.export.timeout",
          "otel.span.link.count.limit",
          "otel.experimental.sdk.telemetry.version",
          "otel.experimental.sdk.jvm_stacktrace",
          "otel.java.global-autoconfigure.enabled");

  static Stream<Effective> effective() {
    Stream<Effective> general =
        Stream.of(
            new Effective(
                "otel.sdk.disabled", "true", config -> config.bootstrapSettings().passThrough),
            new Effective("otel.service.name", "shop", config -> ServiceName.detect(config).value),
            new Effective("otel.resource.attributes", "team=a", resource("team")),
            new Effective("otel.resource.disabled.keys", "os.type", resource("os.type")),
            new Effective(
                "otel.experimental.resource.disabled.keys", "os.type", resource("os.type")),
            new Effective("otel.traces.exporter", "console", OtelPropertiesTest::traces),
            new Effective("otel.metrics.exporter", "logging", OtelPropertiesTest::metrics),
            new Effective("otel.logs.exporter", "logging", OtelPropertiesTest::logs),
            new Effective("otel.traces.sampler", "always_off", OtelPropertiesTest::decision),
            new Effective(
                "otel.traces.sampler.arg",
                "0",
                config -> decision(with(config, "otel.traces.sampler", "traceidratio"))),
            new Effective(
                "otel.propagators",
                "b3",
                config -> Arrays.asList(config.bootstrapSettings().propagation.fields)),
            new Effective(
                "otel.java.exporter.memory_mode", "immutable_data", OtelPropertiesTest::traces),
            new Effective(
                "otel.java.exporter.otlp.retry.disabled", "true", OtelPropertiesTest::traces),
            new Effective(
                "otel.bsp.schedule.delay", "1", config -> new BatchSizes(config).delayNanos),
            new Effective("otel.bsp.max.queue.size", "100", config -> new BatchSizes(config).batch),
            new Effective(
                "otel.bsp.max.export.batch.size", "10", config -> new BatchSizes(config).batch),
            new Effective(
                "otel.bsp.export.timeout", "1", config -> new BatchSizes(config).timeoutNanos),
            new Effective("otel.metric.export.interval", "1", Pipeline::metricIntervalNanos),
            new Effective("otel.metric.export.timeout", "1", Pipeline::metricTimeoutNanos),
            new Effective(
                "otel.metrics.exemplar.filter",
                "always_off",
                config -> arrived(config, OtelPropertiesTest::exemplars)),
            new Effective(
                "otel.java.metrics.cardinality.limit",
                "2",
                config -> arrived(config, OtelPropertiesTest::series)),
            new Effective(
                "otel.exporter.otlp.metrics.temporality.preference",
                "delta",
                config -> ExportForm.of(config).deltaHistograms()),
            new Effective(
                "otel.exporter.otlp.metrics.default.histogram.aggregation",
                "base2_exponential_bucket_histogram",
                config -> ExportForm.of(config).exponentialHistograms()));
    return Stream.of(general, limits(), otlp()).flatMap(Function.identity());
  }

  private static Stream<Effective> limits() {
    return Stream.of(
        new Effective("otel.attribute.count.limit", "3", config -> arrived(config, attributes())),
        new Effective(
            "otel.span.attribute.count.limit", "3", config -> arrived(config, attributes())),
        new Effective(
            "otel.attribute.value.length.limit", "2", config -> arrived(config, lengths())),
        new Effective(
            "otel.span.attribute.value.length.limit", "2", config -> arrived(config, lengths())),
        new Effective(
            "otel.span.event.count.limit",
            "0",
            config -> arrived(config, receiver -> first(receiver).getEventsCount())));
  }

  /** For all signals, and for each: what OTLP can be told. */
  private static Stream<Effective> otlp() {
    return Stream.of("", "traces.", "metrics.", "logs.")
        .flatMap(
            signal -> {
              Function<Config, Object> shown =
                  signal.equals("metrics.")
                      ? OtelPropertiesTest::metrics
                      : signal.equals("logs.")
                          ? OtelPropertiesTest::logs
                          : OtelPropertiesTest::traces;
              Function<Config, Object> problems =
                  config -> {
                    Object made = shown.apply(config);
                    return made == null ? null : config.problems();
                  };
              String prefix = "otel.exporter.otlp." + signal;
              return Stream.of(
                  new Effective(prefix + "endpoint", "http://127.0.0.1:9", shown),
                  new Effective(prefix + "protocol", "grpc", shown),
                  new Effective(prefix + "headers", "a=b", shown),
                  new Effective(prefix + "compression", "gzip", shown),
                  new Effective(prefix + "timeout", "17", shown),
                  // That good ones work is for the smoke tests, which have a backend with TLS.
                  new Effective(prefix + "certificate", "/none.pem", problems),
                  new Effective(prefix + "client.key", "/none.pem", problems),
                  new Effective(prefix + "client.certificate", "/none.pem", problems));
            });
  }

  @ParameterizedTest
  @MethodSource("effective")
  void property_changesSomethingAndIsNotNamed(Effective property) {
    Config usual = Config.of(null, Map.of(), Map.of());
    Config changed = Config.of(null, Map.of(property.name, property.value), Map.of());

    assertThat(property.effect.apply(changed)).isNotEqualTo(property.effect.apply(usual));
    assertThat(changed.withoutEffect()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("effective")
  void environmentVariable_changesTheSame(Effective property) {
    String variable = variable(property.name);
    Config usual = Config.of(null, Map.of(), Map.of());
    Config changed = Config.of(null, Map.of(), Map.of(variable, property.value));

    assertThat(property.effect.apply(changed)).isNotEqualTo(property.effect.apply(usual));
    assertThat(changed.withoutEffect()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("WITHOUT_EFFECT")
  void propertyWithoutEffect_isNamedOnce(String name) {
    assertThat(Config.of(null, Map.of(name, "x"), Map.of()).withoutEffect()).containsExactly(name);
    String variable = variable(name);
    assertThat(Config.of(null, Map.of(), Map.of(variable, "x")).withoutEffect())
        .containsExactly(variable);
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The same settings and one more. */
  private static Config with(Config config, String name, String value) {
    Map<String, String> settings = new HashMap<>(config.standard());
    settings.put(name, value);
    return Config.of(null, settings, Map.of());
  }

  private static Function<Config, Object> resource(String key) {
    return config ->
        String.valueOf(Surroundings.detect(config, "1").getAttribute(AttributeKey.stringKey(key)));
  }

  private static Object decision(Config config) {
    return config.bootstrapSettings().sampler.decide(42, false, false, 0);
  }

  private static Object traces(Config config) {
    return shown(new ExportersOf(config, false).traces(null, null, null));
  }

  private static Object metrics(Config config) {
    return shown(new ExportersOf(config, false).metrics());
  }

  private static Object logs(Config config) {
    return shown(new ExportersOf(config, false).alerts(null, null));
  }

  /** The exporters in words, without what is another each time. */
  private static String shown(List<?> destinations) {
    return destinations.toString().replaceAll("@[0-9a-f]+", "");
  }

  /** What arrives of some requests when the exporter runs with these settings. */
  private static Object arrived(Config config, Function<OtlpReceiver, Object> view) {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      Counters counters = new Counters();
      Handoff handoff = new Handoff(64, counters);
      Exporter exporter =
          Exporter.start(
              with(config, "otel.exporter.otlp.endpoint", receiver.endpoint()),
              handoff,
              counters,
              null);
      for (int i = 0; i < 5; i++) {
        ServerSpan span = Spans.server();
        span.route = "/orders/" + i;
        span.error = new IllegalStateException("no");
        handoff.offer(span);
      }
      assertThat(exporter.flush(30_000)).isTrue();
      Object seen = view.apply(receiver);
      exporter.close(1_000);
      return seen;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Span first(OtlpReceiver receiver) {
    return receiver.spans().get(0);
  }

  private static Function<OtlpReceiver, Object> attributes() {
    return receiver -> first(receiver).getAttributesCount();
  }

  private static Function<OtlpReceiver, Object> lengths() {
    return receiver ->
        first(receiver).getAttributesList().stream()
            .mapToInt(attribute -> attribute.getValue().getStringValue().length())
            .max()
            .orElseThrow();
  }

  private static Object series(OtlpReceiver receiver) {
    return receiver
        .metrics("http.server.request.duration")
        .get(0)
        .getHistogram()
        .getDataPointsCount();
  }

  private static Object exemplars(OtlpReceiver receiver) {
    return receiver
        .metrics("http.server.request.duration")
        .get(0)
        .getHistogram()
        .getDataPoints(0)
        .getExemplarsCount();
  }
}
