/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import io.vitals.exporter.config.Config;
import io.vitals.exporter.config.OneLine;
import io.vitals.exporter.config.OtlpEndpoint;
import io.vitals.exporter.resource.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/**
 * Says in one line what runs, as whom, and where it sends; after it a line for each bad setting.
 */
final class StartUpLine {
  private final Config config;
  private final int hooks;
  private final long startMillis;
  private boolean printed;

  StartUpLine(Config config, int hooks, long startMillis) {
    this.config = config;
    this.hooks = hooks;
    this.startMillis = startMillis;
  }

  /** Prints once, from whichever comes first: the start behind {@code main}, or the end. */
  synchronized void print() throws IOException {
    if (printed) {
      return;
    }
    printed = true;
    ServiceName service = ServiceName.detect(config);
    String version = new String(Resources.read("version"), StandardCharsets.UTF_8);
    System.err.println(
        "vitals: "
            + version
            + " started in "
            + startMillis
            + " ms, service "
            + OneLine.of(service.value)
            + " ("
            + service.origin
            + "), "
            + destination()
            + ", "
            + hooks
            + " hooks");
    for (String problem : config.problems()) {
      System.err.println("vitals: " + problem);
    }
    List<String> idle = config.withoutEffect();
    if (!idle.isEmpty()) {
      System.err.println("vitals: without effect here: " + join(idle));
    }
  }

  /** Where traces go, which is where nearly everybody sends the rest. */
  private String destination() {
    if (config.flag("otel.sdk.disabled", false)) {
      return "only passes trace context on";
    }
    List<String> exporters = config.list("otel.traces.exporter", Collections.singletonList("otlp"));
    if (!exporters.contains("otlp")) {
      return "traces to " + (exporters.isEmpty() ? "none" : join(exporters));
    }
    return "OTLP to " + OtlpEndpoint.of(config, "traces");
  }

  private static String join(List<String> names) {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append(text.length() == 0 ? "" : ", ").append(name);
    }
    return text.toString();
  }
}
