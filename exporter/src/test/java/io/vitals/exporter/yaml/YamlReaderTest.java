/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files with and without mistakes are read as. */
class YamlReaderTest {
  @Test
  void values_keepTheirPlaces() throws FileFault {
    YamlNode root = YamlReader.read("a.yml", "groups:\n  - name: shop\n    interval: 10s\n");
    YamlNode group = root.items("groups").get(0);
    assertThat(group.text("name", null)).isEqualTo("shop");
    assertThat(group.durationNanos("interval", 0)).isEqualTo(10_000_000_000L);
    assertThat(group.needed("interval").line()).isEqualTo(3);
    assertThat(group.needed("interval").column()).isEqualTo(15);
  }

  @Test
  void emptyText_isAnEmptyMap() throws FileFault {
    assertThat(YamlReader.read("a.yml", "# nothing\n").fields()).isEmpty();
    assertThat(YamlReader.read("a.yml", "groups:\n").items("groups")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [1|a.yml:1:",
        "a: b: c|a.yml:1:5: found mapping values are not allowed here; expected YAML",
        "a: 1\\na: 2|a.yml:2:1: found",
        "--- 1\\n--- 2|a.yml:2:1: found",
        "a: &x [*x]|a.yml:1:",
        "? [a]\\n: 1|a.yml:1:3: found a key that is no text; expected a text",
      })
  void brokenText_namesThePlace(String text, String message) {
    assertThatThrownBy(() -> YamlReader.read("a.yml", text.replace("\\n", "\n")))
        .isInstanceOf(FileFault.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aliasesThatMultiply_areRefused() {
    StringBuilder text = new StringBuilder("a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n");
    for (int i = 1; i < 10; i++) {
      text.append("a" + i + ": &a" + i + " [");
      for (int j = 0; j < 5; j++) {
        text.append(j == 0 ? "*a" : ",*a").append(i - 1);
      }
      text.append("]\n");
    }
    assertThatThrownBy(() -> YamlReader.read("a.yml", text.toString()))
        .isInstanceOf(FileFault.class)
        .hasMessageContaining("fewer aliases");
  }

  @Test
  void misspeltField_isNamed() throws FileFault {
    YamlNode root = YamlReader.read("a.yml", "a:\n  fro: 1\n").needed("a");
    assertThatThrownBy(() -> root.onlyFields("for", "expr"))
        .hasMessage("a.yml:2:3: found \"fro\"; expected one of for, expr");
  }
}
