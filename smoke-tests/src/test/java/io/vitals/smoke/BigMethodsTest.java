/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A class with methods as big as methods may be is woven as long as there is room for the weaving;
 * one without room is left alone, loads, works, and is counted.
 */
@Tag("runtimes")
class BigMethodsTest {
  /** An {@code iinc}. */
  private static final int STATEMENT_BYTES = 3;

  /** There is room for what is woven in. */
  private static final int ROOM = 60_000;

  /** A method may have 65,535; what is woven in takes more than is left. */
  private static final int NO_ROOM = 65_480;

  @TempDir static Path folder;

  @ParameterizedTest
  @ValueSource(ints = {8, 17, 26})
  void methodOf60Kb_isWoven(int version) throws IOException {
    Received received = run(version, "Roomy", ROOM);
    assertThat(received.metric("vitals.agent.hooks.refused")).isNull();
    assertThat(received.traces())
        .extracting(TraceTree::shape)
        .containsExactly("CLIENT select\n", "INTERNAL Roomy.getMinorVersion\n");
    assertThat(received.spans().get(0).attribute("db.namespace")).isEqualTo("big");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 17, 26})
  void methodWithoutRoom_leavesItsClassAloneAndIsCounted(int version) throws IOException {
    Received received = run(version, "Full", NO_ROOM);
    assertThat(received.metric("vitals.agent.hooks.refused").points())
        .singleElement()
        .satisfies(point -> assertThat(point.value()).isEqualTo(1));
    // The driver inside is woven all the same.
    assertThat(received.traces()).extracting(TraceTree::shape).containsExactly("CLIENT select\n");
    assertThat(received.spans().get(0).attribute("db.namespace")).isEqualTo("big");
  }

  private static Received run(int version, String name, int bytes) throws IOException {
    Path classes = Files.createDirectories(folder.resolve(name));
    compile(name, bytes, classes);
    List<Path> path = new ArrayList<>(Program.BIG_METHODS.classPath());
    path.add(classes);
    WithAndWithout.Outcome without;
    try (ForkedJvm jvm = Jvm.version(version).classPath(path).start(Program.BIG_METHODS, name)) {
      without = outcome(jvm, name);
    }
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(version)
                .agent()
                .exportingTo(receiver)
                .property("otel.instrumentation.methods.include", name + "[getMinorVersion]")
                .classPath(path)
                .start(Program.BIG_METHODS, name)) {
      WithAndWithout.Outcome with = outcome(jvm, name);
      assertThat(with.exit()).as(jvm::toString).isEqualTo(without.exit());
      assertThat(with.out()).as(jvm::toString).isEqualTo(without.out());
      assertThat(jvm.noise()).filteredOn(line -> !line.contains("vitals: ")).isEmpty();
      return receiver.received();
    }
  }

  private static WithAndWithout.Outcome outcome(ForkedJvm jvm, String name) {
    jvm.awaitLine(Pattern.compile("^" + name + " 7 "));
    assertThat(jvm.finish()).as(jvm::toString).isZero();
    return WithAndWithout.Outcome.of(jvm);
  }

  /** A driver before H2's whose {@code connect} and {@code getMinorVersion} are that big. */
  private static void compile(String name, int bytes, Path classes) throws IOException {
    String big = "    int n = 0;\n" + "    n++;\n".repeat(bytes / STATEMENT_BYTES);
    String source =
        """
        import java.sql.*;
        import java.util.Properties;
        public class NAME implements Driver {
          private final Driver driver = new org.h2.Driver();
          public Connection connect(String url, Properties given) throws SQLException {
        BIG    return n == 0 ? null : driver.connect(url, given);
          }
          public int getMinorVersion() {
        BIG    return n;
          }
          public boolean acceptsURL(String url) throws SQLException {
            return driver.acceptsURL(url);
          }
          public DriverPropertyInfo[] getPropertyInfo(String url, Properties given) {
            return new DriverPropertyInfo[0];
          }
          public int getMajorVersion() {
            return 1;
          }
          public boolean jdbcCompliant() {
            return false;
          }
          public java.util.logging.Logger getParentLogger() {
            return null;
          }
        }
        """
            .replace("NAME", name)
            .replace("BIG", big);
    Path file = Files.writeString(classes.resolve(name + ".java"), source);
    String path =
        Program.BIG_METHODS.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(":"));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                System.out,
                System.err,
                "-nowarn",
                "-Xlint:-options",
                "-proc:none",
                "--release",
                "8",
                "-cp",
                path,
                "-d",
                classes.toString(),
                file.toString());
    assertThat(result).as("javac of %s", file).isZero();
  }
}
