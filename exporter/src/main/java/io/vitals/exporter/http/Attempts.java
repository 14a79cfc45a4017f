/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.http;

import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a message is tried, and when again: what OTLP asks of a client (429, 502, 503 and 504
 * are tried again, after {@code Retry-After} if the backend says so), within the exporter's
 * timeout, which covers all attempts and the pauses between them.
 */
final class Attempts {
  /** As good as no limit, and no overflow when added to a reading of the clock. */
  private static final long NO_LIMIT_NANOS = Long.MAX_VALUE / 4;

  private final long timeoutNanos;
  private final int most;
  private final double firstBackoffNanos;
  private final double longestBackoffNanos;
  private final double growth;

  /**
   * For one exporter.
   *
   * @param timeout of a message; zero is none
   * @param policy null tries once
   */
  Attempts(Duration timeout, RetryPolicy policy) {
    this.timeoutNanos = timeout.isZero() ? NO_LIMIT_NANOS : timeout.toNanos();
    this.most = policy == null ? 1 : policy.getMaxAttempts();
    this.firstBackoffNanos = policy == null ? 0 : policy.getInitialBackoff().toNanos();
    this.longestBackoffNanos = policy == null ? 0 : policy.getMaxBackoff().toNanos();
    this.growth = policy == null ? 1 : policy.getBackoffMultiplier();
  }

  /**
   * Tries until an answer is final.
   *
   * @return the last answer, whatever its status
   * @throws IOException if the last attempt got none
   */
  PlainResponse of(Attempt attempt, Pause pause) throws IOException {
    long deadline = System.nanoTime() + timeoutNanos;
    double backoff = firstBackoffNanos;
    for (int left = most - 1; ; left--) {
      PlainResponse response = null;
      IOException failure = null;
      try {
        response = attempt.until(deadline);
      } catch (IOException e) {
        failure = e;
      }
      boolean again = left > 0 && (failure == null ? response.mayComeBack() : mayPass(failure));
      if (!again || !pause.untilNanoTime(next(backoff, response, deadline), deadline)) {
        if (failure != null) {
          throw failure;
        }
        return response;
      }
      backoff = Math.min(backoff * growth, longestBackoffNanos);
    }
  }

  private static long next(double backoff, PlainResponse response, long deadline) {
    long now = System.nanoTime();
    long asked = response == null ? -1 : response.retryAfterNanos();
    long wait =
        asked >= 0 ? asked : (long) (backoff * ThreadLocalRandom.current().nextDouble(0.8, 1.2));
    return now + Math.min(wait, Math.max(0, deadline - now));
  }

  private static boolean mayPass(IOException failure) {
    return failure instanceof SocketException
        || failure instanceof SocketTimeoutException
        || failure instanceof UnknownHostException;
  }

  /** One try. */
  interface Attempt {
    /** Gives up, with an exception, when {@code nanoTime} reaches the deadline. */
    PlainResponse until(long deadline) throws IOException;
  }

  /** A rest between two tries. */
  interface Pause {
    /**
     * Rests until a time.
     *
     * @return whether there is time left for another try
     */
    boolean untilNanoTime(long until, long deadline);
  }
}
