/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.config;

import io.vitals.bootstrap.ActiveRequests;
import io.vitals.bootstrap.PathFilter;
import io.vitals.bootstrap.Propagation;
import io.vitals.bootstrap.Sampler;
import io.vitals.bootstrap.Settings;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Builds what woven code needs to know out of the configuration. */
final class BootstrapSettings {
  private static final String[] NONE = {};

  private BootstrapSettings() {}

  static Settings of(Config config) {
    boolean disabled = config.flag("otel.sdk.disabled", false);
    Propagation propagation = propagation(config);
    if (disabled) {
      return Settings.passThrough(propagation);
    }
    String headers = "otel.instrumentation.http.";
    Settings settings =
        new Settings(
            sampler(config),
            propagation,
            ignored(config),
            array(config, headers + "server.capture-request-headers"),
            array(config, headers + "server.capture-response-headers"),
            array(config, headers + "client.capture-request-headers"),
            array(config, headers + "client.capture-response-headers"));
    return config.flag(headers + "server.emit-experimental-telemetry", false)
        ? settings.withActiveRequests(new ActiveRequests())
        : settings;
  }

  private static Sampler sampler(Config config) {
    boolean recordAll =
        config.flag("vitals.sampling.keep-errors", false)
            | config.flag("vitals.sampling.keep-slow", false);
    double limit = config.number("vitals.sampling.max-traces-per-second", 0, 0, Double.MAX_VALUE);
    String asked = config.string("otel.traces.sampler", "parentbased_always_on");
    String name = asked.toLowerCase(Locale.ROOT);
    boolean parentBased = name.startsWith("parentbased_");
    double ratio = 1;
    switch (parentBased ? name.substring("parentbased_".length()) : name) {
      case "always_on":
        break;
      case "always_off":
        ratio = 0;
        break;
      case "traceidratio":
        ratio = config.number("otel.traces.sampler.arg", 1, 0, 1);
        break;
      default:
        config.problem(
            "otel.traces.sampler",
            "always_on, always_off, traceidratio or one of these after parentbased_",
            "parentbased_always_on");
        parentBased = true;
        break;
    }
    Sampler sampler = new Sampler(ratio, parentBased, recordAll, limit);
    return exportsTraces(config) ? sampler : sampler.withoutExport();
  }

  private static boolean exportsTraces(Config config) {
    List<String> exporters = config.list("otel.traces.exporter", Collections.singletonList("otlp"));
    return !(exporters.size() == 1 && exporters.get(0).equalsIgnoreCase("none"));
  }

  private static Propagation propagation(Config config) {
    List<String> names = config.list("otel.propagators", Arrays.asList("tracecontext", "baggage"));
    Set<Propagation.Format> formats = EnumSet.noneOf(Propagation.Format.class);
    Propagation.Format[] ordered = new Propagation.Format[Propagation.Format.values().length];
    int count = 0;
    for (String name : names) {
      Propagation.Format format = format(name.toLowerCase(Locale.ROOT));
      if (format == null && !name.equalsIgnoreCase("none")) {
        config.problem(
            "otel.propagators",
            "a list of tracecontext, baggage, b3, b3multi; or none",
            "those it knows of the list");
      }
      if (format != null && formats.add(format)) {
        ordered[count++] = format;
      }
    }
    if (count == 0 && !names.contains("none")) {
      return Propagation.W3C;
    }
    return new Propagation(Arrays.copyOf(ordered, count));
  }

  private static Propagation.Format format(String name) {
    switch (name) {
      case "tracecontext":
        return Propagation.Format.TRACE_CONTEXT;
      case "baggage":
        return Propagation.Format.BAGGAGE;
      case "b3":
        return Propagation.Format.B3;
      case "b3multi":
        return Propagation.Format.B3_MULTI;
      default:
        return null;
    }
  }

  private static PathFilter ignored(Config config) {
    String[] patterns = array(config, "vitals.http.server.ignore");
    return patterns.length == 0 ? PathFilter.NONE : new PathFilter(patterns);
  }

  private static String[] array(Config config, String name) {
    List<String> values = config.list(name, Collections.<String>emptyList());
    return values.isEmpty() ? NONE : values.toArray(new String[0]);
  }
}
