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

/** An exchange of servlets is ended by one thread, whichever comes last. */
class ServletExchangeTest {
  private final Current current = Current.get();
  private final Object request = new Object();
  private final Object context = new Object();

  @AfterEach
  void closeAll() {
    current.span = null;
    current.exchange = null;
  }

  @Test
  void synchronousExchange_isEndedByItsThread() {
    ServletExchange exchange = entered(request);
    assertThat(ServletExchange.of(current)).isSameAs(exchange);
    assertThat(exchange.leave(current, false)).isTrue();
    assertThat(ServletExchange.of(current)).isNull();
    assertThat(ServletExchange.asynchronous(request)).isNull();
    assertThat(exchange.answered()).isFalse();
  }

  @Test
  void asynchronousExchange_isEndedByWhoCompletesIt() {
    ServletExchange exchange = entered(request);
    exchange.started(context);
    assertThat(exchange.hasStarted(context)).isTrue();
    assertThat(exchange.leave(current, false)).isFalse();
    assertThat(current.span).isNull();
    assertThat(exchange.answered()).isTrue();
    assertThat(exchange.answered()).isFalse();
  }

  @Test
  void exchangeThatIsCompletedTooEarly_isEndedByItsThread() {
    ServletExchange exchange = entered(request);
    exchange.started(context);
    assertThat(exchange.answered()).isFalse();
    assertThat(exchange.leave(current, false)).isTrue();
    assertThat(exchange.answered()).isFalse();
  }

  @Test
  void dispatchedExchange_isResumedOnce() {
    ServletExchange exchange = entered(request);
    exchange.started(context);
    assertThat(exchange.resume(current)).as("while its thread is inside").isFalse();
    exchange.leave(current, false);
    assertThat(ServletExchange.asynchronous(request)).isSameAs(exchange);
    assertThat(exchange.resume(current)).isTrue();
    assertThat(exchange.resume(current)).isFalse();
    assertThat(ServletExchange.of(current)).isSameAs(exchange);
    assertThat(current.span).isSameAs(exchange.span);
    assertThat(exchange.leave(current, true)).isTrue();
    Probe.end(current, exchange.span, null);
    assertThat(ServletExchange.asynchronous(request)).isNull();
  }

  @Test
  void exchangeOfAnotherSpan_isNotOfThisThread() {
    entered(request);
    current.span = Probe.startServer(current, "/other");
    assertThat(ServletExchange.of(current)).isNull();
  }

  @Test
  void table_isBoundedAndFreedByWhatHasEnded() {
    List<ServletExchange> exchanges = new ArrayList<>();
    for (int i = 0; i < 4 * ServletExchange.PLACES; i++) {
      ServletExchange exchange = entered(new Object());
      exchange.started(context);
      exchange.leave(current, false);
      exchanges.add(exchange);
    }
    int found = 0;
    for (ServletExchange exchange : exchanges) {
      if (ServletExchange.asynchronous(exchange.request) != null) {
        found++;
      }
      assertThat(exchange.answered()).isTrue();
      Probe.end(current, exchange.span, null);
    }
    assertThat(found)
        .isPositive()
        .isLessThanOrEqualTo(ServletExchange.PLACES + ServletExchange.WINDOW);
    ServletExchange next = entered(request);
    next.started(context);
    assertThat(ServletExchange.asynchronous(request)).isSameAs(next);
  }

  private ServletExchange entered(Object of) {
    ServerSpan span = Probe.startServer(current, "/page");
    return ServletExchange.enter(current, span, of, new Object());
  }
}
