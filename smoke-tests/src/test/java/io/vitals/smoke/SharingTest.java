/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Class-data archives and AOT caches keep serving classes when the agent is attached. */
@Tag("runtimes")
class SharingTest {
  /** What is woven while it loads is no longer the archive's; no program meets more such types. */
  private static final int WOVEN = 40;

  private static final String PAGE = "/shop/checkout";

  @TempDir Path folder;

  @Test
  void archiveOfAnApplication_servesAsManyClasses() {
    Path archive = folder.resolve("shop.jsa");
    Jvm dumping =
        Jvm.version(17)
            .asInProduction()
            .flag("-XX:ArchiveClassesAtExit=" + archive)
            .flag("-Xlog:disable");
    visit(dumping);
    assertThat(archive).isNotEmptyFile();

    LoadedClasses without =
        visit(
            Jvm.version(17).asInProduction().flag("-XX:SharedArchiveFile=" + archive),
            "without.log");
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      Jvm agent = Jvm.version(17).asInProduction().flag("-XX:SharedArchiveFile=" + archive).agent();
      LoadedClasses with = visit(agent.exportingTo(receiver), "with.log");
      assertWholeTrace(receiver);
      Set<String> lost = new HashSet<>(without.names(LoadedClasses.Entry::shared));
      assertThat(lost).hasSizeGreaterThan(2500);
      assertThat(lost).anyMatch(name -> name.startsWith("org.apache.catalina."));
      with.names(LoadedClasses.Entry::shared).forEach(lost::remove);
      assertThat(lost).hasSizeLessThanOrEqualTo(WOVEN);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {25, 26})
  void aotCacheTrainedWithTheAgent_isKeptWholeAndInstrumented(int version) {
    Path cache = folder.resolve("shop.aot");
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      Jvm training =
          Jvm.version(version).asInProduction().flag("-XX:AOTCacheOutput=" + cache).agent();
      visit(training.exportingTo(receiver));
    }
    assertThat(cache).isNotEmptyFile();
    Path plainCache = folder.resolve("plain.aot");
    visit(Jvm.version(version).asInProduction().flag("-XX:AOTCacheOutput=" + plainCache));

    LoadedClasses without =
        visit(
            Jvm.version(version).asInProduction().flag("-XX:AOTCache=" + plainCache),
            "without.log");
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      // With the mode "on" the JVM ends with an error if it cannot use the cache.
      Jvm agent =
          Jvm.version(version)
              .asInProduction()
              .flag("-XX:AOTCache=" + cache)
              .flag("-XX:AOTMode=on")
              .agent();
      LoadedClasses with = visit(agent.exportingTo(receiver), "with.log");
      assertWholeTrace(receiver);
      Set<String> lost = new HashSet<>(named(without));
      assertThat(lost).hasSizeGreaterThan(2500);
      assertThat(lost).anyMatch(name -> name.startsWith("org.apache.catalina."));
      lost.removeAll(named(with));
      assertThat(lost).hasSizeLessThanOrEqualTo(WOVEN);
    }
  }

  /** Shared classes but the JVM's generated ones, whose names differ from run to run. */
  private static List<String> named(LoadedClasses classes) {
    List<String> names = new ArrayList<>(classes.names(LoadedClasses.Entry::shared));
    names.removeIf(name -> name.contains("/0x") || name.contains("$Proxy"));
    return names;
  }

  private static void assertWholeTrace(OtlpReceiver receiver) {
    assertThat(receiver.received().traces())
        .filteredOn(tree -> tree.span().kind().equals("SERVER"))
        .singleElement()
        .extracting(TraceTree::shape)
        .isEqualTo(
            "SERVER GET /shop/checkout\n"
                + "  CLIENT BATCH UPDATE orders\n"
                + "  CLIENT GET\n"
                + "    SERVER GET /stock\n");
  }

  private LoadedClasses visit(Jvm jvm, String log) {
    Path file = folder.resolve(log);
    visit(jvm.flag(LoadedClasses.flag(file)));
    assertThat(Files.exists(file)).isTrue();
    return LoadedClasses.read(file);
  }

  private static void visit(Jvm jvm) {
    try (ForkedJvm forked = jvm.start(Program.TOMCAT11)) {
      assertThat(new Visitor(forked.awaitPort()).get(PAGE)).isEqualTo(200);
      assertThat(forked.finish()).as("%s", forked).isZero();
    }
  }
}
