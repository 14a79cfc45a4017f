/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import java.io.InterruptedIOException;

/** Why a peer did not answer as it should. */
final class ProbeFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** The conventions' value for a time that ran out. */
  static final String TIMEOUT = "timeout";

  /** A certificate that is not accepted may be told of in pages. */
  private static final int LONGEST = 200;

  /** The conventions' {@code error.type}: a status, the name of a class, or {@value #TIMEOUT}. */
  final String type;

  ProbeFailure(String type, String message) {
    super(message);
    this.type = type;
  }

  /** No answer in time. */
  static ProbeFailure timeout(long timeoutNanos) {
    return new ProbeFailure(TIMEOUT, "no answer in " + timeoutNanos / 1_000_000 + " ms");
  }

  /** What the JDK or a library threw. */
  static ProbeFailure of(Exception thrown, long timeoutNanos) {
    if (thrown instanceof InterruptedIOException) {
      return timeout(timeoutNanos);
    }
    String text = thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
    text = text.split("\\R", 2)[0];
    text = text.substring(0, Math.min(text.length(), LONGEST));
    return new ProbeFailure(thrown.getClass().getName(), text);
  }
}
