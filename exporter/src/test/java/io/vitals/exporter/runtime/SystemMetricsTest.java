/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the machine is said once. */
class SystemMetricsTest {
  @TempDir Path folder;

  @Test
  void twoFoldersOfOneFileSystem_areOneSeries() throws IOException {
    Path working = Files.createDirectory(folder.resolve("working"));
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    List<DoublePointData> points = utilization(working, temporary);
    assertThat(points).hasSize(1);
    assertThat(points.get(0).getAttributes().asMap().values()).containsExactly(working.toString());
    assertThat(points.get(0).getValue()).isBetween(0.0, 1.0);
  }

  @Test
  void folderThatIsNotThere_isLeftOut() {
    Path missing = folder.resolve("missing");
    assertThat(utilization(missing, folder)).hasSize(1);
  }

  private static List<DoublePointData> utilization(Path working, Path temporary) {
    String workingBefore = System.setProperty("user.dir", working.toString());
    String temporaryBefore = System.setProperty("java.io.tmpdir", temporary.toString());
    List<MetricData> collected = new ArrayList<>();
    try {
      new SystemMetrics(InstrumentationScopeInfo.create("test"), 1).collect(2, collected);
    } finally {
      System.setProperty("user.dir", workingBefore);
      System.setProperty("java.io.tmpdir", temporaryBefore);
    }
    return collected.stream()
        .filter(metric -> metric.getName().equals("system.filesystem.utilization"))
        .flatMap(metric -> metric.getDoubleGaugeData().getPoints().stream())
        .toList();
  }
}
