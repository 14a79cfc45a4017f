/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the span of a named method ends, whatever happens inside. */
class MethodCallTest {
  private final OfferedSpans sink = new OfferedSpans();
  private final Current current = Current.get();

  @AfterEach
  void restore() {
    sink.uninstall();
    assertThat(Current.span()).isNull();
  }

  @Test
  void callOutsideATrace_isALocalRootWithItsCallsAsChildren() {
    MethodSpan outer = Probe.startMethod(current, "a.B.c");
    MethodSpan inner = Probe.startMethod(current, "a.B.c");
    MethodCall.end(current, inner, null);
    MethodCall.end(current, outer, new IllegalStateException());

    assertThat(sink.heads).containsExactly(outer);
    assertThat(outer.next).isSameAs(inner);
    assertThat(inner.parentSpanId).isEqualTo(outer.spanId);
    assertThat(outer.parentSpanId).isZero();
    assertThat(outer.error).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatIsLeftOpenInside_isClosedWithTheCall() {
    MethodSpan outer = Probe.startMethod(current, "a.B.c");
    Probe.startMethod(current, "a.B.overflows");
    MethodCall.end(current, outer, null);

    assertThat(sink.heads).containsExactly(outer);
    assertThat(Current.span()).isNull();
  }

  @Test
  void recursion_isHandedOffInPartsAndBounded() {
    MethodSpan root = Probe.startMethod(current, "a.B.c");
    for (int i = 0; i < Probe.MOST_SPANS + 100; i++) {
      MethodCall.end(current, Probe.startMethod(current, "a.B.d"), null);
    }
    MethodSpan late = Probe.startMethod(current, "a.B.d");
    MethodCall.end(current, late, null);
    MethodCall.end(current, root, null);

    assertThat(sink.heads).hasSizeGreaterThan(Probe.MOST_SPANS / Probe.MOST_GATHERED);
    assertThat(late.bits & Span.LEFT_OUT).isNotZero();
  }

  @Test
  void deepRecursion_isBoundedToo() {
    MethodSpan[] open = new MethodSpan[3 * Probe.MOST_SPANS];
    for (int i = 0; i < open.length; i++) {
      open[i] = Probe.startMethod(current, "a.B.c");
    }
    int shown = 0;
    for (int i = open.length - 1; i >= 0; i--) {
      MethodCall.end(current, open[i], null);
      shown += open[i].recorded() ? 1 : 0;
    }

    assertThat(shown).isBetween(Probe.MOST_SPANS, Probe.MOST_SPANS + Probe.MOST_GATHERED + 1);
    assertThat(open[0].recorded()).isTrue();
  }

  @Test
  void stage_endsTheCallWhenItIsComplete() {
    CompletableFuture<String> future = new CompletableFuture<>();
    MethodSpan span = Probe.startMethod(current, "a.B.later");
    MethodCall.end(current, span, future, null);

    assertThat(Current.span()).isNull();
    assertThat(sink.heads).isEmpty();
    future.completeExceptionally(new IllegalStateException("lost"));
    assertThat(sink.heads).containsExactly(span);
    assertThat(span.error).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void completeStage_endsTheCallAtOnceInsideItsTrace() {
    MethodSpan outer = Probe.startMethod(current, "a.B.c");
    MethodSpan inner = Probe.startMethod(current, "a.B.now");
    MethodCall.end(current, inner, CompletableFuture.completedFuture("x"), null);
    MethodCall.end(current, outer, null);

    assertThat(sink.heads).containsExactly(outer);
    assertThat(outer.next).isSameAs(inner);
  }

  @Test
  void stageThatTakesNoCallback_endsTheCall() {
    CompletionStage<String> hostile =
        new CompletableFuture<String>() {
          @Override
          public CompletableFuture<String> whenComplete(
              BiConsumer<? super String, ? super Throwable> action) {
            throw new UnsupportedOperationException();
          }
        };
    MethodSpan span = Probe.startMethod(current, "a.B.later");
    MethodCall.end(current, span, hostile, null);

    assertThat(sink.heads).containsExactly(span);
  }

  @Test
  void constructor_hasTheTimeItTook() {
    long before = System.nanoTime();
    MethodCall.constructed(before, "a.B.<init>");

    Span span = sink.heads.get(0);
    assertThat(span.startNanos).isEqualTo(before);
    assertThat(span.endNanos).isGreaterThanOrEqualTo(before);
  }
}
