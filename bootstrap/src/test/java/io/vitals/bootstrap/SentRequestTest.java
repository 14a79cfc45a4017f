/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The callbacks of a request that ends in one of the client's own tasks. */
class SentRequestTest {
  private final OfferedSpans sink = new OfferedSpans();
  private final Current current = Current.get();
  private final CompletableFuture<Object> answered = new CompletableFuture<>();
  private final List<Span> seen = new ArrayList<>();

  @AfterEach
  void restore() {
    current.span = null;
    sink.uninstall();
  }

  /** Leaves a request as {@code sendAsync} does, and answers it in a task that it has started. */
  private Scope answer(Scope asker) throws Exception {
    ClientSpan span = Probe.startClient(current);
    Scope task = Probe.detach(span);
    Probe.leave(current, span);
    answered.whenComplete((answer, thrown) -> seen.add(current.span));
    SentRequest sent = new SentRequest(span, HttpResponse.class, asker, answered);
    current.span = null;
    Scope opened = Probe.attach(current, task);
    sent.accept(null, new IOException("nobody there"));
    return opened;
  }

  @Test
  void callbacksOfARequestMadeAlone_areOfNoTrace() throws Exception {
    Scope task = answer(null);
    assertThat(seen).containsOnlyNulls().hasSize(1);
    assertThat(current.span).isSameAs(task);
    assertThat(answered).isCompletedExceptionally();
  }

  @Test
  void callbacksOfARequestMadeForAPage_areOfThePage() throws Exception {
    ServerSpan page = Probe.startServer(current, null);
    Scope task = answer(Probe.detach(page));
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).spanId).isEqualTo(page.spanId);
    assertThat(current.span).isSameAs(task);
  }
}
