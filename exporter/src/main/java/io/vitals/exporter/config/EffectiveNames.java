/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.config;

/**
 * The names that change something here; any other is accepted, and named once as having no effect:
 * an option of the SDK or another agent, or one of ours with a slip of the pen.
 */
final class EffectiveNames {
  private static final String OPT_IN = "otel.semconv.stability.opt.in";

  /** The groups of conventions whose stable names are all that is ever sent. */
  private static final String[] STABLE = {"http", "database", "code"};

  private static final String[] NAMES = {
    "otel.sdk.disabled",
    "otel.service.name",
    "otel.resource.attributes",
    "otel.resource.disabled.keys",
    "otel.experimental.resource.disabled.keys",
    "otel.traces.exporter",
    "otel.metrics.exporter",
    "otel.logs.exporter",
    "otel.traces.sampler",
    "otel.traces.sampler.arg",
    "otel.propagators",
    "otel.exporter.otlp.metrics.temporality.preference",
    "otel.exporter.otlp.metrics.default.histogram.aggregation",
    "otel.java.exporter.memory.mode",
    "otel.java.exporter.otlp.retry.disabled",
    "otel.bsp.schedule.delay",
    "otel.bsp.max.queue.size",
    "otel.bsp.max.export.batch.size",
    "otel.bsp.export.timeout",
    "otel.metric.export.interval",
    "otel.metric.export.timeout",
    "otel.metrics.exemplar.filter",
    "otel.java.metrics.cardinality.limit",
    "otel.attribute.count.limit",
    "otel.attribute.value.length.limit",
    "otel.span.attribute.count.limit",
    "otel.span.attribute.value.length.limit",
    "otel.span.event.count.limit",
    "otel.javaagent.enabled",
    "otel.javaagent.debug",
    "otel.javaagent.configuration.file",
    "otel.javaagent.exclude.classes",
    "otel.javaagent.exclude.class.loaders",
    "otel.instrumentation.http.known.methods",
    "otel.instrumentation.http.server.capture.request.headers",
    "otel.instrumentation.http.server.capture.response.headers",
    "otel.instrumentation.http.client.capture.request.headers",
    "otel.instrumentation.http.client.capture.response.headers",
    "otel.instrumentation.http.server.emit.experimental.telemetry",
    "otel.instrumentation.jdbc.experimental.transaction.enabled",
    "otel.instrumentation.methods.include",
    "otel.instrumentation.common.default.enabled",
    "otel.instrumentation.common.peer.service.mapping",
    "otel.instrumentation.sanitization.url.experimental.sensitive.query.parameters",
    OPT_IN,
    "vitals.enabled",
    "vitals.config.file",
    "vitals.extensions",
    "vitals.log.level",
    "vitals.percentiles",
    "vitals.sampling.keep.errors",
    "vitals.sampling.keep.slow",
    "vitals.sampling.max.traces.per.second",
    "vitals.http.server.ignore",
    "vitals.alerts.enabled",
    "vitals.alerts.file",
    "vitals.history.dir",
    "vitals.history.retention",
    "vitals.history.max.megabytes",
    "vitals.instrumentation.runtime.telemetry.enabled",
    "vitals.instrumentation.runtime.telemetry.java8.enabled",
  };

  private static final String OTLP = "otel.exporter.otlp.";

  /** What OTLP can be told for all signals, and for each of these. */
  private static final String[] OTLP_OPTIONS = {
    "endpoint",
    "protocol",
    "headers",
    "compression",
    "timeout",
    "certificate",
    "client.key",
    "client.certificate",
  };

  private static final String[] OTLP_SIGNALS = {"traces.", "metrics.", "logs."};

  /** Programs in other languages share the environment; their names are none of our business. */
  private static final String[] OTHER_LANGUAGES = {
    "otel.python.", "otel.dotnet.", "otel.node.", "otel.php.", "otel.go.", "otel.ruby.",
  };

  private EffectiveNames() {}

  /** Whether a setting has an effect or is meant for somebody else. */
  static boolean contains(String normal, boolean fromEnvironment) {
    if (isOneOf(NAMES, normal) || isPattern(normal)) {
      return true;
    }
    if (fromEnvironment) {
      for (String prefix : OTHER_LANGUAGES) {
        if (normal.startsWith(prefix)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a value of such a setting asks for nothing but what is done anyway, or can be done. */
  static boolean heeds(String normal, String value) {
    if (normal.equals(OPT_IN)) {
      for (String group : value.split(",")) {
        if (!group.trim().isEmpty() && !isOneOf(STABLE, group.trim())) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isOneOf(String[] names, String normal) {
    for (String name : names) {
      if (name.equals(normal)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPattern(String normal) {
    return normal.startsWith(OTLP) && isOtlpOption(normal.substring(OTLP.length()))
        || normal.startsWith("otel.instrumentation.")
            && normal.endsWith(".enabled")
            && !normal.contains(".experimental.")
            && !normal.startsWith("otel.instrumentation.common.");
  }

  private static boolean isOtlpOption(String option) {
    for (String signal : OTLP_SIGNALS) {
      if (option.startsWith(signal)) {
        return isOneOf(OTLP_OPTIONS, option.substring(signal.length()));
      }
    }
    return isOneOf(OTLP_OPTIONS, option);
  }
}
