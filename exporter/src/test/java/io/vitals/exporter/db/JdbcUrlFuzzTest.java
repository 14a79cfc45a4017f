/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vitals.bootstrap.Database;
import java.nio.charset.StandardCharsets;

/** Every text that a driver may call its URL says which database it is, if only "other_sql". */
class JdbcUrlFuzzTest {
  @FuzzTest(maxExecutions = 1_000_000, maxDuration = "10m")
  void url_saysWhichDatabase(byte[] input) {
    String url = new String(input, StandardCharsets.UTF_8);
    for (String whole : new String[] {url, "jdbc:" + url}) {
      DatabaseInfo info = DatabaseInfo.of(new Database(whole, null));
      if (info.system == null || info.system.isEmpty() || info.port < 0 || info.port > 65_535) {
        assertThat(info.system + " " + info.port).as(whole).isNull();
      }
    }
  }
}
