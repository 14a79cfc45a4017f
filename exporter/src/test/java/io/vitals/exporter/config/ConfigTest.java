/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.bootstrap.Propagation;
import io.vitals.bootstrap.Settings;
import io.vitals.bootstrap.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration reads, and what it says about values it cannot use. */
class ConfigTest {
  private static final List<String> NOTHING = Collections.emptyList();
  @TempDir Path folder;

  private static Config of(String... pairs) {
    Map<String, String> map = new java.util.HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return Config.of(null, map, Map.of());
  }

  @Test
  void sources_winInTheirOrder() throws IOException {
    Path file = folder.resolve("größe.properties");
    Files.write(
        file,
        "otel.a=file\notel.b=file\notel.c=file\notel.d=f\u00fcr\n"
            .getBytes(StandardCharsets.UTF_8));

    Config config =
        Config.of(
            "otel.a=argument;vitals.config.file=" + file,
            Map.of("otel.a", "property", "otel.b", "property"),
            Map.of("OTEL_A", "env", "OTEL_B", "env", "OTEL_C", "env"));

    assertThat(config.string("otel.a", null)).isEqualTo("argument");
    assertThat(config.string("otel.b", null)).isEqualTo("property");
    assertThat(config.string("otel.c", null)).isEqualTo("env");
    assertThat(config.string("otel.d", null)).isEqualTo("für");
    assertThat(config.origin("otel.c")).isEqualTo("environment variable OTEL_C");
    assertThat(config.origin("otel.d")).isEqualTo("file " + file);
    assertThat(config.origin("otel.e")).isNull();
    assertThat(config.problems()).isEmpty();
  }

  @Test
  void environmentVariable_namesPropertyWithDotsAndDashes() {
    Config config =
        Config.of(null, Map.of(), Map.of("OTEL_INSTRUMENTATION_COMMON_DEFAULT_ENABLED", "FALSE"));

    assertThat(config.flag("otel.instrumentation.common.default-enabled", true)).isFalse();
  }

  @Test
  void unreadableFile_isOneProblemLine() {
    Config config = of("otel.javaagent.configuration-file", "/no/such/file");

    assertThat(config.problems())
        .singleElement()
        .asString()
        .contains("otel.javaagent.configuration-file=/no/such/file (system property)")
        .contains("is ignored");
  }

  @Test
  void brokenArgument_isNamedAndTheRestHolds() {
    Config config = Config.of("verbose;otel.service.name=shop;x=y", Map.of(), Map.of());

    assertThat(config.string("otel.service.name", null)).isEqualTo("shop");
    assertThat(config.problems()).hasSize(2).first().asString().contains("'verbose'");
  }

  @Test
  void badValues_leaveDefaultsAndSayWhereTheyStand() {
    Config config =
        of("vitals.a", "perhaps", "vitals.b", "-1", "vitals.c", "1.5", "vitals.d", "10 parsecs");

    assertThat(config.flag("vitals.a", true)).isTrue();
    assertThat(config.integer("vitals.b", 8, 0)).isEqualTo(8);
    assertThat(config.number("vitals.c", 0.5, 0, 1)).isEqualTo(0.5);
    assertThat(config.durationMillis("vitals.d", 500)).isEqualTo(500);
    assertThat(config.durationMillis("vitals.d", 500)).isEqualTo(500);
    assertThat(config.problems())
        .containsExactly(
            "vitals.a=perhaps (system property): expected true or false; using true",
            "vitals.b=-1 (system property): expected a whole number of at least 0; using 8",
            "vitals.c=1.5 (system property): expected a number, 0.0 to 1.0; using 0.5",
            "vitals.d=10 parsecs (system property): expected a duration such as 500"
                + " (milliseconds), 10s or 2m; using 500 ms");
  }

  @Test
  void methods_areReadByType() {
    Config config = of("vitals.m", " a.Orders[place, cancel] ;b.C$D[<init>];;a.Orders[place,x]; ");

    assertThat(config.methods("vitals.m"))
        .isEqualTo(Map.of("a.Orders", List.of("place", "cancel", "x"), "b.C$D", List.of("<init>")));
    assertThat(config.methods("vitals.none")).isEmpty();
    assertThat(config.problems()).isEmpty();
  }

  @Test
  void methods_thatCannotBeRead_areSaidWithTheirPlaceAndTheRestHolds() {
    Config config = of("vitals.m", "a.B[c;d.E[f,g*,];h;.i[j];k/L[m];n[o]p;q.R[]");

    assertThat(config.methods("vitals.m")).isEqualTo(Map.of("d.E", List.of("f")));
    String form = ", as in com.example.Type[method,method];com.example.Other[method]";
    assertThat(config.problems())
        .extracting(line -> line.substring(line.indexOf(": expected ") + 11))
        .containsExactly(
            "one ']', at the end of a.B[c at character 1" + form + "; using what else can be read",
            "the name of a method instead of 'g*' at character 13"
                + form
                + "; using what else can be read",
            "the name of a method instead of '' at character 16"
                + form
                + "; using what else can be read",
            "the methods in brackets after h at character 18"
                + form
                + "; using what else can be read",
            "the name of a class, with dots and $, before [j] at character 20"
                + form
                + "; using what else can be read",
            "the name of a class, with dots and $, before [m] at character 26"
                + form
                + "; using what else can be read",
            "one ']', at the end of n[o]p at character 33" + form + "; using what else can be read",
            "the name of a method instead of '' at character 43"
                + form
                + "; using what else can be read");
  }

  @Test
  void methodsInAnArgument_keepTheirSemicolons() {
    Config config =
        Config.of("vitals.m=a.B[c];d.E[f];otel.service.name=shop;x=y", Map.of(), Map.of());

    assertThat(config.methods("vitals.m"))
        .isEqualTo(Map.of("a.B", List.of("c"), "d.E", List.of("f")));
    assertThat(config.string("otel.service.name", null)).isEqualTo("shop");
    assertThat(config.problems()).hasSize(1);
  }

  @Test
  void secretValue_isNotRepeatedInProblem() {
    Config config = of("otel.exporter.otlp.headers", "hunter2");

    assertThat(config.map("otel.exporter.otlp.headers")).isEmpty();
    assertThat(config.problems()).singleElement().asString().doesNotContain("hunter2");
  }

  @Test
  void durations_takeEachUnit() {
    Config config =
        of("a", "x", "vitals.a", "5", "vitals.b", "5000us", "vitals.c", "2 m", "vitals.d", "1d");

    assertThat(config.durationMillis("vitals.a", 0)).isEqualTo(5);
    assertThat(config.durationMillis("vitals.b", 0)).isEqualTo(5);
    assertThat(config.durationMillis("vitals.c", 0)).isEqualTo(120_000);
    assertThat(config.durationMillis("vitals.d", 0)).isEqualTo(86_400_000);
    assertThat(Durations.nanos("99999999999d")).isEqualTo(-1);
  }

  @Test
  void listAndMap_areTrimmedAndDecoded() {
    Config config = of("otel.l", " a, b,,c ", "otel.m", "k=v, n%20m = 1+%C3%BC%zz ,=x");

    assertThat(config.list("otel.l", NOTHING)).containsExactly("a", "b", "c");
    assertThat(config.map("otel.m"))
        .containsExactly(Map.entry("k", "v"), Map.entry("n m", "1+ü%zz"));
    assertThat(config.problems()).hasSize(1);
  }

  @Test
  void hook_isSwitchedByAnyOfItsNames() {
    List<String> names = List.of("tomcat", "tomcat-10.0");

    assertThat(of().hookEnabled(names, true)).isTrue();
    assertThat(of("otel.instrumentation.tomcat-10.0.enabled", "false").hookEnabled(names, true))
        .isFalse();
    assertThat(
            of(
                    "otel.instrumentation.common.default-enabled",
                    "false",
                    "vitals.instrumentation.tomcat.enabled",
                    "true")
                .hookEnabled(names, true))
        .isTrue();
    assertThat(of("otel.instrumentation.common.default-enabled", "false").hookEnabled(names, true))
        .isFalse();
  }

  @Test
  void namesWithoutEffect_areListedAsWritten() {
    Config config =
        Config.of(
            null,
            Map.of("otel.javaagent.extensions", "x", "otel.service.name", "shop", "user.dir", "/"),
            Map.of("OTEL_PYTHON_LOG_LEVEL", "info", "OTEL_CONFIG_FILE", "x.yaml"));

    assertThat(config.withoutEffect())
        .containsExactly("OTEL_CONFIG_FILE", "otel.javaagent.extensions");
  }

  @Test
  void slipOfThePen_isListed() {
    Map<String, String> written =
        Map.of(
            "vitals.sampling.keep-error", "true",
            "vitals.sampling.keep-slow", "true",
            "vitals.instrumentation.jbdc.enabled", "false",
            "vitals.instrumentation.jdbc.enabled", "false");
    Config config = Config.of(null, written, Map.of("VITALS_SAMPLING_MAX_TRACES_PER_SECOND", "9"));
    assertThat(config.hookEnabled(List.of("jdbc"), true)).isFalse();

    assertThat(config.withoutEffect())
        .containsExactly("vitals.instrumentation.jbdc.enabled", "vitals.sampling.keep-error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "database", "http,database", "code, http", ""})
  void stableConventions_areWhatIsSentAnyway(String value) {
    assertThat(of("otel.semconv-stability.opt-in", value).withoutEffect()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http/dup", "database/dup", "http,database/dup", "messaging", "HTTP"})
  void otherConventions_areNamedAsWithoutEffect(String value) {
    assertThat(of("otel.semconv-stability.opt-in", value).withoutEffect())
        .containsExactly("otel.semconv-stability.opt-in=" + value);
    assertThat(
            Config.of(null, Map.of(), Map.of("OTEL_SEMCONV_STABILITY_OPT_IN", value))
                .withoutEffect())
        .containsExactly("OTEL_SEMCONV_STABILITY_OPT_IN=" + value);
  }

  @Test
  void unknownSampler_leavesTheDefault() {
    Config config = of("otel.traces.sampler", "jaeger_remote");

    assertThat(bits(config.bootstrapSettings(), true, false)).isZero();
    assertThat(bits(config.bootstrapSettings(), false, false))
        .isEqualTo(Span.SAMPLED | Span.RECORDED);
    assertThat(config.problems()).singleElement().asString().contains("jaeger_remote");
  }

  @Test
  void samplers_decideAsTheirNamesSay() {
    assertThat(bits(of("otel.traces.sampler", "always_on"), true, false))
        .isEqualTo(Span.SAMPLED | Span.RECORDED);
    assertThat(bits(of("otel.traces.sampler", "always_off"), true, true)).isZero();
    assertThat(bits(of("otel.traces.sampler", "parentbased_always_off"), true, true))
        .isEqualTo(Span.SAMPLED | Span.RECORDED);
    assertThat(
            bits(
                of("otel.traces.sampler", "traceidratio", "otel.traces.sampler.arg", "0"),
                true,
                true))
        .isZero();
    assertThat(
            bits(
                of("otel.traces.sampler", "always_off", "vitals.sampling.keep-slow", "true"),
                false,
                false))
        .isEqualTo(Span.RECORDED);
    assertThat(bits(of("otel.traces.exporter", "none"), false, false)).isEqualTo(Span.SAMPLED);
  }

  @Test
  void propagators_areTakenInTheirOrder() {
    assertThat(of().bootstrapSettings().propagation.fields)
        .containsExactly("traceparent", "tracestate", "baggage");
    assertThat(of("otel.propagators", "none").bootstrapSettings().propagation.fields).isEmpty();
    Config config = of("otel.propagators", "b3,xray,baggage");
    assertThat(config.bootstrapSettings().propagation.fields).startsWith("b3").endsWith("baggage");
    assertThat(config.problems()).hasSize(1);
    assertThat(of("otel.sdk.disabled", "true").bootstrapSettings().passThrough).isTrue();
    assertThat(Propagation.W3C.fields).hasSize(3);
  }

  @Test
  void capturedHeadersAndIgnoredPaths_reachSettings() {
    Settings settings =
        of(
                "otel.instrumentation.http.server.capture-request-headers",
                "X-Tenant,Accept",
                "vitals.http.server.ignore",
                "/health*,/ping")
            .bootstrapSettings();

    assertThat(settings.requestHeaders).containsExactly("X-Tenant", "Accept");
    assertThat(settings.responseHeaders).isEmpty();
    assertThat(settings.ignoredPaths.matches("/healthz")).isTrue();
    assertThat(settings.ignoredPaths.matches("/pings")).isFalse();
  }

  private static int bits(Config config, boolean remote, boolean remoteSampled) {
    return bits(config.bootstrapSettings(), remote, remoteSampled);
  }

  private static int bits(Settings settings, boolean remote, boolean remoteSampled) {
    return settings.sampler.decide(42, remote, remoteSampled, System.nanoTime());
  }
}
