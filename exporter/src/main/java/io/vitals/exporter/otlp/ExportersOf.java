/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.logs.ConfigurableLogRecordExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.metrics.ConfigurableMetricExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.config.OneLine;
import io.vitals.exporter.span.SpanEncoder;
import io.vitals.exporter.span.SpanMapper;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes the exporters that {@code otel.<signal>.exporter} lists, through the SDK's own providers,
 * so that each of their options means what it means in the SDK.
 *
 * <p>An option that a provider refuses is named with the provider's reason and taken out; the
 * others hold.
 */
final class ExportersOf {
  private static final String OTLP = "otel.exporter.otlp.";

  private final Config config;
  private final Map<String, String> settings;
  private final TlsFiles tlsFiles;
  private final ClassLoader loader = ExportersOf.class.getClassLoader();

  /**
   * Prepares to make exporters.
   *
   * @param onlyOnce whether they are for one last flush: then a backend that refuses the connection
   *     is not tried again, which the SDK would do for longer than an exit may take
   */
  ExportersOf(Config config, boolean onlyOnce) {
    this.config = config;
    this.settings = config.standard();
    if (onlyOnce) {
      settings.put("otel.java.exporter.otlp.retry.disabled", "true");
    }
    addProtocol(settings);
    // The one name with an underscore, which an environment variable cannot tell from a dot.
    String memoryMode = settings.get("otel.java.exporter.memory.mode");
    if (memoryMode != null) {
      settings.put("otel.java.exporter.memory_mode", memoryMode);
    }
    checkEndpoints();
    this.tlsFiles = new TlsFiles(config, settings);
  }

  /** Where there is none, that of OpenTelemetry's agent; the SDK's own default is grpc. */
  private static void addProtocol(Map<String, String> settings) {
    settings.putIfAbsent(OTLP + "protocol", "http/protobuf");
  }

  /** The SDK takes what its sender cannot use, a port of six digits for one. */
  private void checkEndpoints() {
    for (String name : new TreeSet<>(settings.keySet())) {
      boolean isEndpoint = name.startsWith(OTLP) && name.endsWith("endpoint");
      if (isEndpoint && !isUrl(settings.get(name))) {
        settings.remove(name);
        config.problem(name, "a URL such as http://collector:4318", "default");
      }
    }
  }

  private static boolean isUrl(String text) {
    try {
      URI url = new URI(text);
      boolean http = "http".equalsIgnoreCase(url.getScheme());
      return (http || "https".equalsIgnoreCase(url.getScheme()))
          && url.getRawAuthority() != null
          && url.getPort() <= 65_535;
    } catch (URISyntaxException notOne) {
      return false;
    }
  }

  /** Where spans go: over OTLP as the encoder writes them, elsewhere as the mapper makes them. */
  List<Destination<Span>> traces(SpanEncoder encoder, SpanMapper mapper, SignalFailures failures) {
    tlsFiles.check("traces");
    List<Destination<Span>> destinations = new ArrayList<>();
    for (String name : names("otel.traces.exporter")) {
      for (ConfigurableSpanExporterProvider provider :
          ServiceLoader.load(ConfigurableSpanExporterProvider.class, loader)) {
        if (provider.getName().equals(name)) {
          Responses responses = new Responses(loader);
          SpanExporter exporter = create("traces", responses, provider::createExporter);
          if (exporter != null) {
            Transport transport = responses.transport();
            destinations.add(
                transport == null
                    ? SdkDestination.of(exporter, mapper, failures, responses)
                    : new WireDestination(exporter, transport, encoder, failures, responses));
          }
        }
      }
    }
    return destinations;
  }

  List<Destination<MetricData>> metrics() {
    tlsFiles.check("metrics");
    List<Destination<MetricData>> destinations = new ArrayList<>();
    for (String name : names("otel.metrics.exporter")) {
      for (ConfigurableMetricExporterProvider provider :
          ServiceLoader.load(ConfigurableMetricExporterProvider.class, loader)) {
        if (provider.getName().equals(name)) {
          Responses responses = new Responses(loader);
          MetricExporter exporter = create("metrics", responses, provider::createExporter);
          if (exporter != null) {
            destinations.add(SdkDestination.of(exporter, responses));
          }
        }
      }
    }
    return destinations;
  }

  /** Where alerts go, as log records. */
  List<Destination<LogEvent>> alerts(Resource resource, InstrumentationScopeInfo scope) {
    tlsFiles.check("logs");
    List<Destination<LogEvent>> destinations = new ArrayList<>();
    for (String name : names("otel.logs.exporter")) {
      for (ConfigurableLogRecordExporterProvider provider :
          ServiceLoader.load(ConfigurableLogRecordExporterProvider.class, loader)) {
        if (provider.getName().equals(name)) {
          Responses responses = new Responses(loader);
          LogRecordExporter exporter = create("logs", responses, provider::createExporter);
          if (exporter != null) {
            destinations.add(SdkDestination.of(exporter, resource, scope, responses));
          }
        }
      }
    }
    return destinations;
  }

  private List<String> names(String property) {
    List<String> known = new ArrayList<>();
    boolean none = false;
    for (String asked : config.list(property, Collections.singletonList("otlp"))) {
      String name = asked.toLowerCase(Locale.ROOT);
      none |= name.equals("none");
      if (name.equals("otlp") || name.equals("console") || name.equals("logging")) {
        if (!known.contains(name)) {
          known.add(name);
        }
      } else if (!name.equals("none")) {
        config.problem(
            property, "a list of otlp, console, logging; or none", "those it knows, or otlp");
      }
    }
    return known.isEmpty() && !none ? Collections.singletonList("otlp") : known;
  }

  /** The exporter, without the options that it refuses, or null if it cannot be made at all. */
  private <T> T create(
      String signal, ComponentLoader components, Function<ConfigProperties, T> factory) {
    try {
      return factory.apply(new ExporterSettings(settings, components));
    } catch (RuntimeException refused) {
      return withoutRefused(signal, components, factory);
    }
  }

  private <T> T withoutRefused(
      String signal, ComponentLoader components, Function<ConfigProperties, T> factory) {
    for (String name : new TreeSet<>(settings.keySet())) {
      if (!name.startsWith(OTLP)) {
        continue;
      }
      String refused = refusal(alone(name), components, factory);
      if (refused != null) {
        settings.remove(name);
        config.problem(name, "a value that OTLP takes (" + refused + ")", "default");
      }
    }
    addProtocol(settings);
    String together = refusal(settings, components, factory);
    if (together != null) {
      // Each of them is fine, but not beside the others.
      settings.keySet().removeIf(name -> name.startsWith(OTLP) && !name.endsWith(".endpoint"));
      addProtocol(settings);
      config.problem(OTLP + "endpoint", "valid options beside it (" + together + ")", "defaults");
    }
    try {
      return factory.apply(new ExporterSettings(settings, components));
    } catch (RuntimeException hopeless) {
      config.problem("otel." + signal + ".exporter", hopeless.getMessage(), "none");
      return null;
    }
  }

  /** The settings with one option of OTLP only; those of TLS come together. */
  private Map<String, String> alone(String option) {
    Map<String, String> alone = new HashMap<>(settings);
    alone
        .keySet()
        .removeIf(
            name ->
                name.startsWith(OTLP)
                    && !name.equals(option)
                    && !name.endsWith("certificate")
                    && !name.endsWith("client.key"));
    addProtocol(alone);
    return alone;
  }

  /** Why the settings are refused, or null if they are not. */
  private static String refusal(
      Map<String, String> settings,
      ComponentLoader components,
      Function<ConfigProperties, ?> factory) {
    try {
      Object made = factory.apply(new ExporterSettings(settings, components));
      if (made instanceof Closeable) {
        ((Closeable) made).close();
      }
      return null;
    } catch (RuntimeException | IOException refused) {
      return OneLine.of(refused.getMessage());
    }
  }
}
