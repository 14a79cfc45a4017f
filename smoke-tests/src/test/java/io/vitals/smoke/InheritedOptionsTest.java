/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's tools do what they do also where {@code JAVA_TOOL_OPTIONS} names the agent. */
@Tag("runtimes")
class InheritedOptionsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {8, 25})
  void javac_compiles(int version) throws IOException {
    Path good = Files.writeString(folder.resolve("Good.java"), "class Good {}\n");
    Path bad = Files.writeString(folder.resolve("Bad.java"), "class Bad extends Nothing {}\n");
    assertSame(version, 0, "javac", "-d", folder.toString(), good.toString());
    assertThat(folder.resolve("Good.class")).exists();
    assertSame(version, 1, "javac", "-d", folder.toString(), bad.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 25})
  void keytool_lists(int version) {
    Path key = new Keys(folder).add("key", "RSA", Keys.LOOPBACK).store();
    assertSame(
        version, 0, "keytool", "-list", "-keystore", key.toString(), "-storepass", "changeit");
    assertSame(version, 1, "keytool", "-list", "-keystore", folder.resolve("no").toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 25})
  void jcmd_asks(int version) {
    try (ForkedJvm shop = Jvm.version(version).start(Program.JDK_SHOP)) {
      shop.awaitPort();
      assertSame(version, 0, "jcmd", Long.toString(shop.pid()), "VM.version");
    }
  }

  private static void assertSame(int version, int exit, String tool, String... arguments) {
    WithAndWithout.Outcome without;
    try (ForkedJvm jvm = Jvm.version(version).startTool(tool, arguments)) {
      without = WithAndWithout.Outcome.of(jvm);
    }
    assertThat(without.exit()).isEqualTo(exit);
    // Nobody listens where it sends, as on a developer's machine.
    try (ForkedJvm jvm =
        Jvm.version(version)
            .environment("JAVA_TOOL_OPTIONS", "-javaagent:" + Jvm.AGENT)
            .startTool(tool, arguments)) {
      WithAndWithout.Outcome with = WithAndWithout.Outcome.of(jvm);
      assertThat(with.exit()).as(jvm::toString).isEqualTo(exit);
      assertThat(with.out()).as(jvm::toString).isEqualTo(without.out());
      List<String> told =
          with.err().stream()
              .filter(line -> !line.startsWith("Picked up ") && !line.startsWith("vitals: "))
              .toList();
      assertThat(told).as(jvm::toString).isEqualTo(without.err());
    }
  }
}
