/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spans that wait for the answer of an exchange. */
class LeftSpansTest {
  private final OfferedSpans sink = new OfferedSpans();
  private final List<Span> ended = sink.heads;

  @AfterEach
  void restore() {
    sink.uninstall();
  }

  private static ServerSpan put(Object exchange) {
    Current current = Current.get();
    ServerSpan span = Probe.startServer(current, null);
    LeftSpans.put(current, exchange, span);
    return span;
  }

  @Test
  void span_isTakenOnceByItsExchange() {
    Object exchange = new Object();
    ServerSpan span = put(exchange);
    assertThat(Current.get().span).isNull();
    assertThat(LeftSpans.take(new Object())).isNull();
    assertThat(LeftSpans.take(exchange)).isSameAs(span);
    assertThat(LeftSpans.take(exchange)).isNull();
    assertThat(ended).isEmpty();
  }

  @Test
  void spanWithoutPlace_endsAtOnce() {
    List<Object> exchanges = new ArrayList<>();
    List<Span> left = new ArrayList<>();
    for (int i = 0; i < 4 * LeftSpans.PLACES; i++) {
      Object exchange = new Object();
      exchanges.add(exchange);
      left.add(put(exchange));
    }
    int taken = 0;
    for (int i = 0; i < left.size(); i++) {
      ServerSpan span = LeftSpans.take(exchanges.get(i));
      if (span != null) {
        taken++;
        assertThat(span).isSameAs(left.get(i));
        assertThat(ended).doesNotContain(span);
      }
    }
    assertThat(taken).isPositive().isLessThanOrEqualTo(LeftSpans.PLACES + LeftSpans.WINDOW);
    assertThat(ended).hasSize(left.size() - taken);
  }
}
