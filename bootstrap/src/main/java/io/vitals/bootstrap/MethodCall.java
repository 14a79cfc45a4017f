/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * The life of the span of a method that the configuration names; called by woven code.
 *
 * <p>What is named may be anything, a recursion that overflows its stack among it. So the end of a
 * call closes whatever was left open inside, as the end of a {@link Scope} does.
 *
 * <p>Cost: one thread-local read, two {@code nanoTime} and one span of 88 bytes a call; a stage
 * that is not complete when the method returns costs one object and one dependent stage more.
 */
public final class MethodCall implements BiConsumer<Object, Throwable> {
  private final MethodSpan span;

  private MethodCall(MethodSpan span) {
    this.span = span;
  }

  /**
   * Ends the call.
   *
   * @param span null if the start has failed
   * @param thrown what left the method, or null
   */
  public static void end(Current current, MethodSpan span, Throwable thrown) {
    if (span == null) {
      return;
    }
    current.span = span;
    Probe.end(current, span, thrown);
  }

  /**
   * Ends the call of a method that returned a stage, when that is complete. The stage stays the
   * application's own.
   */
  public static void end(
      Current current, MethodSpan span, CompletionStage<?> returned, Throwable thrown) {
    if (span == null || returned == null) {
      end(current, span, thrown);
      return;
    }
    current.span = span;
    // One that is complete calls back at once, so that its span stays with its trace's hand-off.
    if (returned.getClass() != CompletableFuture.class
        || !((CompletableFuture<?>) returned).isDone()) {
      Probe.leave(current, span);
    }
    try {
      returned.whenComplete(new MethodCall(span));
    } catch (Throwable refused) {
      Probe.end(current, span, null);
    }
  }

  /**
   * Makes the span of a constructor that has returned. It is not open while the constructor runs,
   * because no code can be put around one that would close it if it throws.
   */
  public static void constructed(long startNanos, String method) {
    Current current = Current.get();
    MethodSpan span = Probe.startMethod(current, method);
    span.startNanos = startNanos;
    Probe.end(current, span, null);
  }

  @Override
  public void accept(Object result, Throwable thrown) {
    Probe.end(Current.get(), span, thrown);
  }
}
