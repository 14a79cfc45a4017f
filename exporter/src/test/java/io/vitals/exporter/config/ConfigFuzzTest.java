/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Whatever stands behind the agent's jar gives settings, and a problem for each part that is none.
 */
class ConfigFuzzTest {
  @FuzzTest(maxExecutions = 1_000_000, maxDuration = "10m")
  void agentArguments_giveSettingsAndProblems(byte[] input) {
    String arguments = new String(input, StandardCharsets.UTF_8);
    if (ConfigReader.normal(arguments).contains("file")) {
      // Not whatever file of this machine an input happens to name.
      return;
    }
    List<String> problems = new ArrayList<>();

    Map<String, Setting> settings =
        ConfigReader.read(arguments, Collections.emptyMap(), Collections.emptyMap(), problems);

    for (Map.Entry<String, Setting> each : settings.entrySet()) {
      if (!each.getKey().startsWith("otel.") && !each.getKey().startsWith("vitals.")) {
        assertThat(each.getKey()).as("somebody else's").isNull();
      }
    }
    for (String problem : problems) {
      if (!problem.startsWith("agent argument '")) {
        assertThat(problem).startsWith("agent argument '");
      }
    }
  }
}
