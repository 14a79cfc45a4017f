/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitals.instrumentation.Hook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the scan of each loaded class looks for. */
class IndexFileTest {
  @Test
  void typesBelow_areNotLookedForByMethodsThatMostClassesHave() throws IOException {
    List<String> below =
        new String(IndexFile.write(), StandardCharsets.ISO_8859_1)
            .lines()
            .filter(line -> line.startsWith("below "))
            .toList();

    assertThat(below).anyMatch(line -> line.startsWith("below java/sql/Statement addBatch("));
    assertThat(below).noneMatch(line -> line.contains(" close(") || line.contains(" <init>("));
  }

  @Test
  void typesBelow_ofWhichNoMethodTells_failTheBuild() {
    Hook hook =
        new Hook("closed") {
          {
            typesBelow("java.sql.Statement").advise("close", "()V", Object.class);
          }
        };

    assertThatThrownBy(() -> IndexFile.methodsThatTell(hook.targets().get(0)))
        .hasMessageContaining("java.sql.Statement")
        .hasMessageContaining("foundBy");
  }
}
