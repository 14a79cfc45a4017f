/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the requests being answered, by method and scheme.
 *
 * <p>Thread-safe. Cost: one striped increment at the start and one at the end of a request, paid
 * only where it is switched on.
 */
public final class ActiveRequests {
  /** The methods that are told apart; the last stands for all others. */
  private static final String[] METHODS = {
    "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "CONNECT", "TRACE", "_OTHER"
  };

  private final LongAdder[] counts = new LongAdder[2 * METHODS.length];

  /** Only ever set; a reader that sees it late shows the first request an export later. */
  private final boolean[] used = new boolean[2 * METHODS.length];

  /** Makes counters that are all zero. */
  public ActiveRequests() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  void opened(ServerSpan span) {
    int index = index(span);
    counts[index].increment();
    if (!used[index]) {
      used[index] = true;
    }
  }

  void closed(ServerSpan span) {
    counts[index(span)].decrement();
  }

  private static int index(ServerSpan span) {
    int method = 0;
    while (method < METHODS.length - 1 && !METHODS[method].equals(span.method)) {
      method++;
    }
    return 2 * method + (span.https() ? 1 : 0);
  }

  /** How many combinations of method and scheme there are. */
  public int size() {
    return counts.length;
  }

  /** Whether there was ever a request of a combination. */
  public boolean isUsed(int index) {
    return used[index];
  }

  /** The number of requests of a combination that are being answered. */
  public long count(int index) {
    return counts[index].sum();
  }

  /** The {@code http.request.method} of a combination. */
  public String method(int index) {
    return METHODS[index / 2];
  }

  /** The {@code url.scheme} of a combination. */
  public String scheme(int index) {
    return index % 2 == 0 ? "http" : "https";
  }
}
