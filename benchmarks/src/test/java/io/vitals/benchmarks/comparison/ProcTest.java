/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the kernel, a JVM's log and the load's answer say is read as it is meant. */
class ProcTest {
  @Test
  void cpuTicks_areUserAndSystemTimeWhateverTheProgramIsCalled() {
    String stat = "71 (a) b (c) S 1 71 71 0 -1 4194560 900 0 3 0 120 34 5 6 20 0 31 0 8000 1 2";
    assertThat(Proc.cpuTicks(stat)).isEqualTo(154);
  }

  @Test
  void number_isTheOneBehindTheName() {
    String status = "Name:\tjava\nVmRSS:\t  123456 kB\nThreads:\t31\n";
    assertThat(Proc.number(status, "VmRSS")).isEqualTo(123456);
    assertThat(Proc.number(status, "Threads")).isEqualTo(31);
    assertThatThrownBy(() -> Proc.number(status, "Vm")).hasMessageContaining("Vm:");
  }

  @Test
  void classLog_countsClassesUpToOne() {
    List<String> lines =
        List.of(
            "[0.012s][info][class,load] java.lang.Object source: shared objects file",
            "[0.013s][info][class,load] a.B source: shared objects file (top)",
            "[0.014s][info][class,load] a.C$$Lambda/0x1 source: a.C",
            "[0.015s][info][class,load] a.Main source: file:/a.jar",
            "[0.016s][info][class,load] a.D source: file:/a.jar",
            "cut off");
    assertThat(ClassLog.read(lines, null)).isEqualTo(new ClassLog(5, 2));
    assertThat(ClassLog.read(lines, "a.Main")).isEqualTo(new ClassLog(3, 2));
    assertThatThrownBy(() -> ClassLog.read(lines, "Main")).hasMessageContaining("not loaded");
  }

  @Test
  void result_goesThroughALine() {
    Load.Result result = new Load.Result(1000, 2, 6.5, 450, 400, 900, 5000);
    assertThat(Load.Result.parse(result.line())).isEqualTo(result);
  }

  @Test
  void classPath_hasTheProgramsLibrariesAndNoneOfTheAgent() {
    String running =
        String.join(
            File.pathSeparator,
            "/m/classes",
            "/r/tomcat-embed-core-10.jar",
            "/r/vitals-exporter-1.jar",
            "/r/opentelemetry-sdk-1.jar",
            "/r/jctools-core-4.jar",
            "/r/h2-2.jar");
    assertThat(ClassPath.of("/b.jar", running).split(File.pathSeparator))
        .containsExactly(
            "/b.jar", "/r/tomcat-embed-core-10.jar", "/r/jctools-core-4.jar", "/r/h2-2.jar");
  }
}
