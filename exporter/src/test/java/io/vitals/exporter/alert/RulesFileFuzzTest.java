/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlReader;
import java.nio.charset.StandardCharsets;

/** Every file gives rules or a fault with line and column. */
class RulesFileFuzzTest {
  @FuzzTest(maxExecutions = 1_000_000, maxDuration = "10m")
  void file_givesRulesOrALocatedFault(byte[] input) {
    try {
      RuleSet rules =
          RuleSet.of(YamlReader.read("f.yml", new String(input, StandardCharsets.UTF_8)));
      if (rules.root() == null) {
        assertThat(rules.root()).isNotNull();
      }
    } catch (FileFault fault) {
      if (fault.line() < 1
          || fault.column() < 1
          || fault.found().isEmpty()
          || !fault.getMessage().startsWith("f.yml:")) {
        assertThat(fault).as("a fault without its place").isNull();
      }
    }
  }
}
