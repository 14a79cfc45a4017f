/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

/** A notification did not arrive: why, whether a second try may help, and when. */
final class SendFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** Enough for what a server says in one reply. */
  private static final int LONGEST = 300;

  final Reason reason;

  /** How long the peer asks to wait; 0 if it does not say. */
  final long retryAfterNanos;

  SendFailure(Reason reason, String message, long retryAfterNanos) {
    // Without a stack: it is said in one line, and a peer that is down makes many of them.
    super(oneLine(message), null, false, false);
    this.reason = reason;
    this.retryAfterNanos = retryAfterNanos;
  }

  SendFailure(Reason reason, String message) {
    this(reason, message, 0);
  }

  /** What a peer says is data: it stays within one line of the log. */
  private static String oneLine(String message) {
    String line = message.trim().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }

  boolean mayBeRetried() {
    return reason != Reason.REJECTED;
  }
}
