/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.config.OneLine;

/** A notification did not arrive: why, whether a second try may help, and when. */
final class SendFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** Enough for what a server says in one reply. */
  final Reason reason;

  /** How long the peer asks to wait; 0 if it does not say. */
  final long retryAfterNanos;

  SendFailure(Reason reason, String message, long retryAfterNanos) {
    // Without a stack: it is said in one line, and a peer that is down makes many of them.
    // What a peer says is data: it stays within one line of the log.
    super(OneLine.of(message), null, false, false);
    this.reason = reason;
    this.retryAfterNanos = retryAfterNanos;
  }

  SendFailure(Reason reason, String message) {
    this(reason, message, 0);
  }

  boolean mayBeRetried() {
    return reason != Reason.REJECTED;
  }
}
