/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.agent.Resources;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Hooks;
import io.vitals.instrumentation.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The advice of every hook says nothing that weaving does not understand. */
class EveryAdviceTest {
  @Test
  void adviceOfAllHooks_isUnderstood() throws Exception {
    Set<String> read = new TreeSet<>();
    for (Hook hook : Hooks.all()) {
      if (hook.property() != null) {
        hook.weave(Map.of("com.example.Any", List.of("any", "<init>")));
      }
      for (Target target : hook.targets()) {
        for (Target.Advised each : target.advised()) {
          AdviceClass advice =
              new AdviceClass(Resources.read(each.advice().replace('.', '/') + ".class"));
          assertThat(advice.enter != null || advice.exit != null).as(each.advice()).isTrue();
          assertBound(advice.enter, each);
          assertBound(advice.exit, each);
          read.add(each.advice());
        }
      }
    }
    assertThat(read).hasSizeGreaterThan(100);
  }

  /** Each parameter stands for something; a constructor is not left by a throwable. */
  private static void assertBound(AdviceMethod method, Target.Advised target) {
    if (method == null) {
      return;
    }
    for (int slot = 0; slot < method.bindings.length; slot++) {
      boolean secondHalf =
          slot > 0 && method.bindings[slot - 1] != null && sizeAt(method, slot - 1) == 2;
      assertThat(method.bindings[slot] != null || secondHalf)
          .as("%s, slot %d", target.advice(), slot)
          .isTrue();
    }
    assertThat(method.onThrowable && target.method().equals("<init>"))
        .as(target.advice())
        .isFalse();
  }

  private static int sizeAt(AdviceMethod method, int slot) {
    return method.bindings[slot].type.getSize();
  }
}
