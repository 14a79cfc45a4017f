/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/** Every file gives channels, silences and inhibitions, or a fault with line and column. */
class NotifyFuzzTest {
  @FuzzTest(maxExecutions = 1_000_000, maxDuration = "10m")
  void file_givesSettingsOrALocatedFault(byte[] input) {
    try {
      NotifySettings read =
          NotifySettings.read(
              YamlReader.read("f.yml", new String(input, StandardCharsets.UTF_8)),
              Collections.singletonMap("KEY", "value"),
              Collections.emptyMap());
      if (read.channels.size() > NotifySettings.MOST_CHANNELS) {
        assertThat(read.channels).hasSizeLessThanOrEqualTo(NotifySettings.MOST_CHANNELS);
      }
    } catch (FileFault fault) {
      if (fault.line() < 1 || fault.column() < 1 || fault.found().isEmpty()) {
        assertThat(fault).as("a fault without its place").isNull();
      }
    }
  }
}
