/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Hooks;
import io.vitals.instrumentation.Supported;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds the page that tells users what is instrumented to what the hooks say; {@code
 * -Dvitals.write.supported=true} writes its table.
 */
class SupportedPageTest {
  private static final Path PAGE = Paths.get("../SUPPORTED.md");

  private static final String HEAD =
      "| library | tested versions | what it gives | name |\n|---|---|---|---|\n";

  /** Is no hook: it is read from the JVM. */
  private static final String RUNTIME =
      "| JVM | 8 to 26 | the stable `jvm.*` metrics | `runtime-telemetry` |\n";

  /** The packages of the hooks, as a request comes by them. */
  private static final List<String> ORDER =
      Arrays.asList("server", "route", "client", "db", "pool", "concurrent", "method");

  /** Names with a version are the reference's for one of its modules. */
  private static final Pattern VERSIONED = Pattern.compile(".*-\\d[\\d.]*");

  @Test
  void page_saysWhatTheHooksSay() throws Exception {
    String page = new String(Files.readAllBytes(PAGE), StandardCharsets.UTF_8);
    String table = HEAD + lines() + RUNTIME;
    if (Boolean.getBoolean("vitals.write.supported")) {
      page = page.replaceFirst("(?s)\\| library .*?\n(?=\n)", Matcher.quoteReplacement(table));
      Files.write(PAGE, page.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(page)
        .as("mvn -pl agent -am test -Dtest=SupportedPageTest -Dvitals.write.supported=true")
        .contains("\n" + table + "\n");
  }

  @Test
  void eachHook_isOnThePage() {
    Set<String> told = new HashSet<>();
    for (Hook hook : Hooks.all()) {
      if (told(hook) != null) {
        assertThat(told.add(hook.name())).as(hook.name() + " has one line").isTrue();
      }
    }
    assertThat(Hooks.all()).extracting(Hook::name).isSubsetOf(told);
  }

  private static Supported told(Hook hook) {
    return hook.getClass().getAnnotation(Supported.class);
  }

  private static String lines() {
    return Hooks.all().stream()
        .filter(hook -> told(hook) != null)
        .sorted(
            Comparator.comparing(SupportedPageTest::place)
                .thenComparing(
                    hook -> told(hook).library().replace("`", "").toLowerCase(Locale.ROOT)))
        .map(SupportedPageTest::line)
        .collect(Collectors.joining());
  }

  private static int place(Hook hook) {
    String folder = hook.getClass().getPackage().getName().replaceFirst(".*\\.", "");
    assertThat(ORDER).contains(folder);
    return ORDER.indexOf(folder);
  }

  private static String line(Hook hook) {
    Supported told = told(hook);
    String names =
        hook.names().stream()
            .filter(name -> !VERSIONED.matcher(name).matches())
            .map(name -> "`" + name + "`")
            .collect(Collectors.joining(", "));
    return "| " + String.join(" | ", told.library(), told.tested(), told.gives(), names) + " |\n";
  }
}
