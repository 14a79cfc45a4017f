/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.benchmarks.Budget;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds the bytes that the packaged agent allocates for a call of {@code HttpURLConnection}, with
 * its span and the header that it sends, with a small margin: 64. The span and the text of the
 * header are more; but the first line costs less than where the JDK writes it.
 */
class CallBudgetTest {
  private static final int MOST = 80;

  @Test
  void aCall_allocatesFewBytes() throws Exception {
    long plain = bytes(false, List.of());
    long woven = bytes(true, Budget.attached());
    assertThat(woven - plain)
        .as("for time beside bytes: compare=\"quick parts=memory\", see the README")
        .isPositive()
        .isLessThanOrEqualTo(MOST);
  }

  private static long bytes(boolean carried, List<String> options) throws Exception {
    List<String> flags = new ArrayList<>(options);
    flags.add("--add-opens=java.base/java.net=ALL-UNNAMED");
    return Budget.bytes(CallBytes.class, Budget.classPath(), flags, carried);
  }
}
