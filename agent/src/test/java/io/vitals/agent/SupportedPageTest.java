/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Hooks;
import java.nio.file.Files;
import java.nio.file.Paths;
import org.junit.jupiter.api.Test;

/** Holds the page that tells users what is instrumented to the hooks there are. */
class SupportedPageTest {
  @Test
  void eachHook_standsOnThePageUnderANameThatSwitchesIt() throws Exception {
    String page = new String(Files.readAllBytes(Paths.get("../SUPPORTED.md")), "UTF-8");

    for (Hook hook : Hooks.all()) {
      assertThat(hook.names())
          .as("SUPPORTED.md has a line for " + hook.name())
          .anyMatch(name -> page.contains("`" + name + "`"));
    }
  }
}
