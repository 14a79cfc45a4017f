/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Counts the messages of one exporter that have no answer yet, and bounds them.
 *
 * <p>One is under way at a time, but whoever gave up waiting for it does not end it: a sender that
 * waits where it cannot be interrupted, as in the lookup of a name, keeps what it was given.
 */
final class Unanswered {
  /** One under way, and three that were given up: the spans of one are a megabyte at most. */
  static final int MOST = 4;

  private final AtomicInteger count = new AtomicInteger();

  /**
   * Sends, or tells of a failure at once when too many have no answer.
   *
   * @param sending asks the sender, with whom to tell of an answer and of a failure
   */
  <R> void send(
      Consumer<R> onResponse,
      Consumer<Throwable> onError,
      BiConsumer<Consumer<R>, Consumer<Throwable>> sending) {
    if (count.incrementAndGet() > MOST) {
      count.decrementAndGet();
      onError.accept(new RejectedExecutionException(MOST + " batches before have no answer yet"));
      return;
    }
    try {
      sending.accept(counting(onResponse), counting(onError));
    } catch (Throwable failure) {
      count.decrementAndGet();
      throw failure;
    }
  }

  private <T> Consumer<T> counting(Consumer<T> listener) {
    return told -> {
      count.decrementAndGet();
      listener.accept(told);
    };
  }
}
