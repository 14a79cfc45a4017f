/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JVMs with unusual flags, folders, locales and collectors are what they are without the agent. */
@Tag("runtimes")
class OddRuntimeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8  | -Duser.language=tr -Duser.country=TR",
        "25 | -Duser.language=tr -Duser.country=TR",
        "8  | -Dfile.encoding=Cp1252",
        "8  | -Dfile.encoding=UTF-16 -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8",
        "17 | -Dfile.encoding=UTF-16 -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8",
        "25 | -Dfile.encoding=COMPAT",
        "8  | -Djava.io.tmpdir=/no/such/folder",
        "25 | -Djava.io.tmpdir=/no/such/folder",
        "8  | -Xss256k",
        "17 | -Xss256k",
        "25 | -Xss256k",
        "8  | -Xmx24m",
        "25 | -Xmx24m",
        "17 | -Xint",
        "8  | -Xverify:all",
        "17 | -Xverify:all",
        "25 | -Xverify:all",
        "26 | -Xverify:all",
        "8  | -XX:-BytecodeVerificationRemote -XX:-BytecodeVerificationLocal"
      })
  void flags_changeNothing(int version, String flags) {
    WithAndWithout.shop(() -> with(version, flags));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 17, 26})
  void flightRecorder_recordsTheSameApplication(int version) throws IOException {
    Path recording = folder.resolve("shop.jfr");
    WithAndWithout.shop(
        () ->
            Jvm.version(version)
                .asInProduction()
                .flag("-XX:StartFlightRecording=settings=profile,filename=" + recording));
    // The last of both runs, which was the one with the agent.
    assertThat(RecordingFile.readAllEvents(recording))
        .filteredOn(event -> event.getEventType().getName().equals("jdk.JVMInformation"))
        .isNotEmpty()
        .allMatch(event -> event.getString("jvmArguments").contains("-javaagent:" + Jvm.AGENT));
  }

  /** The other tests run with the serial one. */
  @ParameterizedTest
  @CsvSource({
    "8, ParallelGC",
    "8, ConcMarkSweepGC",
    "8, G1GC",
    "25, ParallelGC",
    "25, G1GC",
    "17, ZGC",
    "25, ZGC",
    "17, ShenandoahGC",
    "25, EpsilonGC"
  })
  void collector_isMeasured(int version, String collector) {
    Received received =
        WithAndWithout.shop(
            () ->
                with(
                    version,
                    "-XX:-UseSerialGC -XX:+UnlockExperimentalVMOptions -XX:+Use" + collector),
            Jvm::agent);
    WithAndWithout.assertWhole(received);
    assertThat(received.metric("jvm.memory.used").points()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource("8, C")
  void jar_mayLieWhereItCannotBeWritten(int version, String locale) throws IOException {
    Path home = Files.createDirectories(folder.resolve("read only, (with) spaces + 100% #1"));
    Path jar = Files.copy(Jvm.AGENT, home.resolve("vitals agent.jar"));
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("r--r--r--"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      Received received =
          WithAndWithout.shop(
              () -> Jvm.version(version).asInProduction().environment("LC_ALL", locale),
              jvm -> jvm.javaAgent(jar.toString()));
      WithAndWithout.assertWhole(received);
    } finally {
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** In the locale {@code C} a JVM loads no agent from there, whichever it is. */
  @ParameterizedTest
  @ValueSource(ints = {8, 11, 25})
  void jar_mayLieInAFolderWithUmlauts(int version) throws IOException {
    // A script, because this JVM may not know how to write such a name.
    Path script = folder.resolve("start.sh");
    Files.write(
        script,
        List.of(
            "mkdir -p '" + folder + "/Prüfstand für alles'",
            "cp '" + Jvm.AGENT + "' '" + folder + "/Prüfstand für alles/vitals.jar'",
            "java=$1; shift",
            "exec \"$java\" '-javaagent:" + folder + "/Prüfstand für alles/vitals.jar' \"$@\""),
        StandardCharsets.UTF_8);
    Received received =
        WithAndWithout.shop(
            () -> Jvm.version(version).asInProduction().environment("LC_ALL", "C.UTF-8"),
            jvm -> jvm.launcher("/bin/sh", script.toString()));
    WithAndWithout.assertWhole(received);
  }

  /** A policy that does not know of the agent: that steps aside and the application runs. */
  @ParameterizedTest
  @ValueSource(ints = {8, 17})
  void securityManagerThatGrantsTheApplicationAlone_costsOneLine(int version) throws IOException {
    Path policy = folder.resolve("application.policy");
    Files.write(
        policy,
        List.of(
            "grant codeBase \"file:" + Program.HOME.resolve("libraries") + "/-\" {",
            "  permission java.security.AllPermission;",
            "};"));
    try (ForkedJvm jvm =
        Jvm.version(version)
            .asInProduction()
            .agent()
            .property("java.security.manager", "")
            .property("java.security.policy", "=" + policy)
            .start(Program.JDK_SHOP)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/all")).as(jvm::toString).isEqualTo(200);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.out()).hasSize(1);
      assertThat(jvm.err())
          .noneMatch(line -> line.startsWith("\tat "))
          .filteredOn(line -> line.startsWith("vitals: "))
          .singleElement()
          .asString()
          .contains("not started, the application runs without it");
    }
  }

  private static Jvm with(int version, String flags) {
    Jvm jvm = Jvm.version(version).asInProduction();
    for (String flag : flags.split(" ")) {
      jvm.flag(flag);
    }
    return jvm;
  }
}
