/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each class is in exactly one of the suites that the README names, so none is ever left out. */
@Tag("runtimes")
class SuitesTest {
  private static final List<String> SUITES =
      List.of(
          "servers",
          "clients",
          "databases",
          "threads",
          "reference",
          "runtimes",
          "input",
          "export",
          "alerts",
          "soak");

  @Test
  void eachTest_isInOneSuite() throws Exception {
    Map<String, List<String>> suites = new TreeMap<>();
    for (String name : testClasses()) {
      Class<?> test = Class.forName(SuitesTest.class.getPackageName() + "." + name);
      suites.put(
          name, Arrays.stream(test.getAnnotationsByType(Tag.class)).map(Tag::value).toList());
    }
    assertThat(suites).hasSizeGreaterThan(40);
    assertThat(suites)
        .allSatisfy((name, tags) -> assertThat(tags).as(name).hasSize(1).isSubsetOf(SUITES));
  }

  private static List<String> testClasses() throws IOException {
    String home = SuitesTest.class.getResource("SuitesTest.class").getPath();
    try (Stream<Path> files = Files.list(Path.of(home).getParent())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Test.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .sorted()
          .toList();
    }
  }
}
