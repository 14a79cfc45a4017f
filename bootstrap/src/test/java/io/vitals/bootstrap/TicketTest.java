/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task carries its trace and stays what it is. */
class TicketTest {
  private final Current current = Current.get();
  private final OfferedSpans sink = new OfferedSpans();
  private final List<Span> offered = sink.heads;

  @AfterEach
  void restore() {
    sink.uninstall();
    current.span = null;
  }

  @Test
  void work_isLeftAloneWithoutASpan() {
    Runnable work = () -> {};
    Callable<String> call = () -> "";
    assertThat(Ticket.of(work)).isSameAs(work);
    assertThat(Ticket.queued(work, new LinkedBlockingQueue<>())).isSameAs(work);
    assertThat(CallTicket.of(call)).isSameAs(call);
  }

  @Test
  void null_isLeftForTheExecutorToRefuse() {
    ServerSpan span = Probe.startServer(current, "/");
    assertThat(Ticket.of(null)).isNull();
    assertThat(Ticket.queued(null, null)).isNull();
    assertThat(CallTicket.of(null)).isNull();
    assertThat(Ticket.sought(null)).isNull();
    assertThat(Ticket.received(null)).isNull();
    Probe.end(current, span, null);
  }

  @Test
  void ticket_opensTheTraceForItsWorkOnly() {
    ServerSpan span = Probe.startServer(current, "/");
    Span[] child = new Span[1];
    Runnable ticket = Ticket.of(() -> child[0] = childSpan());
    Probe.end(current, span, null);
    ticket.run();
    assertThat(child[0].parentSpanId).isEqualTo(span.spanId);
    assertThat(child[0].traceIdLow).isEqualTo(span.traceIdLow);
    assertThat(child[0].sampled()).isTrue();
    assertThat(current.span).isNull();
    assertThat(offered).hasSize(2);
    assertThat(offered.get(1)).isInstanceOf(Scope.class);
    assertThat(offered.get(1).next).isSameAs(child[0]);
  }

  @Test
  void ticket_runTwice_opensTheTraceTwice() {
    ServerSpan span = Probe.startServer(current, "/");
    List<Span> children = new ArrayList<>();
    Runnable ticket = Ticket.of(() -> children.add(childSpan()));
    Probe.end(current, span, null);
    ticket.run();
    ticket.run();
    assertThat(children)
        .extracting(child -> child.parentSpanId)
        .containsExactly(span.spanId, span.spanId);
    assertThat(children.get(0).root).isNotSameAs(children.get(1).root);
    assertThat(children.get(1).next).isNull();
  }

  @Test
  void ticket_onTheThreadOfItsSpan_opensNothing() {
    ServerSpan span = Probe.startServer(current, "/");
    Span[] seen = new Span[1];
    Ticket.of(() -> seen[0] = current.span).run();
    assertThat(seen[0]).isSameAs(span);
    Probe.end(current, span, null);
  }

  @Test
  void ticket_keepsNothingOfTheSpanAlive() {
    ServerSpan span = Probe.startServer(current, "/");
    Scope scope = Probe.detach(span);
    assertThat(scope.root).isSameAs(scope);
    assertThat(scope.parent).isNull();
    assertThat(scope.next).isNull();
    Probe.end(current, span, null);
  }

  @Test
  void failureOfTheWork_passesAndTheTraceIsClosed() {
    ServerSpan span = Probe.startServer(current, "/");
    Runnable ticket =
        Ticket.of(
            () -> {
              Probe.startDb(current);
              throw new IllegalStateException("of the work");
            });
    Callable<String> call =
        CallTicket.of(
            () -> {
              throw new IOException("of the call");
            });
    Probe.end(current, span, null);
    assertThatThrownBy(ticket::run).isInstanceOf(IllegalStateException.class);
    assertThat(current.span).isNull();
    assertThatThrownBy(call::call).isInstanceOf(IOException.class);
    assertThat(current.span).isNull();
  }

  @Test
  void lambda_hasATicketInPlainQueuesOnly() {
    ServerSpan span = Probe.startServer(current, "/");
    Runnable work = () -> {};
    assertThat(Ticket.queued(work, new LinkedBlockingQueue<>())).isInstanceOf(Ticket.class);
    assertThat(Ticket.queued(work, new ArrayBlockingQueue<>(1))).isInstanceOf(Ticket.class);
    assertThat(Ticket.queued(work, new PriorityBlockingQueue<>())).isSameAs(work);
    assertThat(TicketTable.take(work)).isNotNull();
    Probe.end(current, span, null);
  }

  @Test
  void namedWork_staysItselfInTheQueue() {
    ServerSpan span = Probe.startServer(current, "/");
    Runnable named = new Named();
    FutureTask<Integer> future = new FutureTask<>(named, 1);
    assertThat(Ticket.queued(named, new LinkedBlockingQueue<>())).isSameAs(named);
    assertThat(Ticket.queued(future, new LinkedBlockingQueue<>())).isSameAs(future);
    Probe.end(current, span, null);
    assertThat(Ticket.received(named)).isSameAs(named);
    assertThat(current.span.spanId).isEqualTo(span.spanId);
    Ticket.finished();
    assertThat(current.span).isNull();
    assertThat(Ticket.received(named)).isSameAs(named);
    assertThat(current.span).isNull();
  }

  @Test
  void finished_closesWhatTheTaskLeftOpen() {
    Probe.startServer(current, "/");
    Ticket.finished();
    assertThat(current.span).isNull();
    assertThat(current.lent).isNull();
  }

  @Test
  void returnedTasks_areTheApplicationsOwn() {
    ServerSpan span = Probe.startServer(current, "/");
    Runnable work = () -> {};
    Runnable named = new Named();
    List<Runnable> drained =
        new ArrayList<>(Arrays.asList(Ticket.queued(work, null), Ticket.queued(named, null)));
    Probe.end(current, span, null);
    Ticket.returned(drained);
    assertThat(drained.get(0)).isSameAs(work);
    assertThat(drained.get(1)).isSameAs(named);
    assertThat(TicketTable.take(named)).isNull();
  }

  @Test
  void soughtWork_isEqualToItsTicketsAndToItself() {
    ServerSpan span = Probe.startServer(current, "/");
    Runnable work = () -> {};
    Runnable other = () -> assertThat(work).isNotNull();
    Runnable ticket = Ticket.of(work);
    Probe.end(current, span, null);
    Runnable sought = Ticket.sought(work);
    assertThat(sought.equals(ticket)).isTrue();
    assertThat(sought.equals(work)).isTrue();
    assertThat(sought.equals(Ticket.sought(other))).isFalse();
    assertThat(sought.equals(other)).isFalse();
    assertThat(Ticket.sought(ticket)).isSameAs(ticket);
    assertThat(ticket.equals(sought)).isFalse();
  }

  @Test
  void textOfATicket_isThatOfItsWork() {
    ServerSpan span = Probe.startServer(current, "/");
    Named named = new Named();
    assertThat(Ticket.of(named)).hasToString("named");
    assertThat(CallTicket.of(named)).hasToString("named");
    assertThat(CallTicket.workOf(CallTicket.of(named))).isSameAs(named);
    Probe.end(current, span, null);
  }

  @Test
  void machinery_doesNotTravel() {
    assertThat(Ticket.travels(ForkJoinTask.adapt(() -> {}))).isFalse();
    assertThat(Ticket.travels(new Named())).isTrue();
    assertThat(Ticket.travels(null)).isFalse();
  }

  private Span childSpan() {
    DbSpan child = Probe.startDb(current);
    Probe.end(current, child, null);
    return child;
  }

  private static final class Named implements Runnable, Callable<String> {
    @Override
    public void run() {}

    @Override
    public String call() {
      return "called";
    }

    @Override
    public String toString() {
      return "named";
    }
  }
}
