/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.self.Counters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many spans can wait, at the start and later. */
class KeptSpansTest {
  private final List<Span> taken = new ArrayList<>();

  @Test
  void aFullQueue_refuses() {
    Counters counters = new Counters();
    KeptSpans kept = new KeptSpans(5, counters);

    assertThat(offer(kept, 9)).isEqualTo(5);
    assertThat(kept.size()).isEqualTo(5);
    assertThat(kept.capacity()).isEqualTo(5);
    assertThat(kept.drainTo(taken, 3)).isEqualTo(3);
    assertThat(offer(kept, 9)).isEqualTo(3);
  }

  @Test
  void theRoom_isAThirtySecondOfTheHeapWithinBounds() {
    long mebibyte = 1024 * 1024;
    assertThat(KeptSpans.defaultCapacity(16 * mebibyte)).isEqualTo(2048);
    assertThat(KeptSpans.defaultCapacity(64 * mebibyte)).isEqualTo(4096);
    assertThat(KeptSpans.defaultCapacity(256 * mebibyte)).isEqualTo(16_384);
    assertThat(KeptSpans.defaultCapacity(Long.MAX_VALUE)).isEqualTo(16_384);
  }

  private static int offer(KeptSpans kept, int spans) {
    int accepted = 0;
    for (int i = 0; i < spans; i++) {
      accepted += kept.offer(new ServerSpan()) ? 1 : 0;
    }
    return accepted;
  }
}
