/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/**
 * Holds that the packaged agent allocates nothing where a connection is borrowed and given back:
 * the difference of two forked JVMs, which compile with C1 alone, so that nothing is optimised
 * away.
 */
class PoolBudgetTest {
  @Test
  void borrowedConnection_allocatesNothingMore() throws Exception {
    long plain = bytes(false);
    long woven =
        bytes(
            true,
            "-javaagent:" + agent(),
            // Port 9 discards, where anything listens at all.
            "-Dotel.exporter.otlp.endpoint=http://localhost:9");
    assertThat(plain).as("bytes of a connection that is borrowed and given back").isPositive();
    assertThat(woven)
        .as("the same with the agent; for its time: -Dbenchmarks=HikariBenchmark")
        .isEqualTo(plain);
  }

  private static String agent() {
    return new File(System.getProperty("vitals.agent.jar")).getAbsolutePath();
  }

  /** Without the agent's own modules, whose helpers would stand in for those of the jar. */
  private static String libraries() throws URISyntaxException {
    List<String> paths = new ArrayList<>();
    for (Class<?> each :
        Arrays.asList(BorrowBytes.class, HikariDataSource.class, Logger.class, Driver.class)) {
      URI place = each.getProtectionDomain().getCodeSource().getLocation().toURI();
      paths.add(new File(place).getPath());
    }
    return String.join(File.pathSeparator, paths);
  }

  private static long bytes(boolean woven, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(Arrays.asList("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(Arrays.asList(options));
    command.addAll(Arrays.asList("-cp", libraries()));
    command.add(BorrowBytes.class.getName());
    command.add(Boolean.toString(woven));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ended: " + output).isTrue();
    Matcher bytes = Pattern.compile("^bytes=(\\d+)$", Pattern.MULTILINE).matcher(output);
    assertThat(bytes.find()).as(output).isTrue();
    return Long.parseLong(bytes.group(1));
  }
}
