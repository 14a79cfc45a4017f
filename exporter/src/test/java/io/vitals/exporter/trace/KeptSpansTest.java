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
  void theRoomOfTheStart_lastsUntilTheExportHasCaughtUp() {
    KeptSpans kept = new KeptSpans(8, 32, new Counters());

    assertThat(offer(kept, 40)).as("before the first batch").isEqualTo(32);
    assertThat(kept.drainTo(taken, 10)).isEqualTo(10);
    assertThat(offer(kept, 40)).as("while the first batch is sent").isEqualTo(10);
    assertThat(kept.drainTo(taken, 20)).isEqualTo(20);
    assertThat(kept.capacity()).as("12 wait, more than fit later").isEqualTo(32);
    assertThat(kept.drainTo(taken, 20)).isEqualTo(12);
    assertThat(kept.capacity()).as("caught up").isEqualTo(8);
    assertThat(offer(kept, 40)).isEqualTo(8);
  }

  @Test
  void theFirstBatch_doesNotEndTheStart() {
    KeptSpans kept = new KeptSpans(8, 32, new Counters());

    offer(kept, 1);
    kept.drainTo(taken, 512);

    assertThat(offer(kept, 40)).isEqualTo(32);
  }

  private static int offer(KeptSpans kept, int spans) {
    int accepted = 0;
    for (int i = 0; i < spans; i++) {
      accepted += kept.offer(new ServerSpan()) ? 1 : 0;
    }
    return accepted;
  }
}
