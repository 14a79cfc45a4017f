/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import java.util.Locale;

/** Why a notification was not delivered. */
enum Reason {
  /** No connection, or it broke. */
  UNREACHABLE("failed"),
  /** No answer in time. */
  TIMEOUT("failed"),
  /** The peer is overloaded or broken: 408, 429, 5xx, or SMTP 4xx. */
  UNAVAILABLE("failed"),
  /** The peer will never take it: any other 3xx or 4xx, or SMTP 5xx. */
  REJECTED("failed"),
  /** A fault of our own, which the log shows. */
  INTERNAL("failed"),
  /** More events or notifications waited than there is room for. */
  QUEUE_FULL("dropped"),
  /** More than {@code rate_limit} in an hour; the next message says how many. */
  RATE_LIMITED("dropped"),
  /** Fired again within {@code cooldown} and ended before that was over. */
  COOLDOWN("dropped"),
  /** More alerts at once than are kept track of. */
  TOO_MANY_ALERTS("dropped"),
  /** Muted by a silence or a maintenance window until it ended. */
  SILENCED("dropped"),
  /** Kept quiet by another alert until it ended. */
  INHIBITED("dropped"),
  /** Not sent when the time to flush was over, or its channel was taken out of the file. */
  CLOSED("dropped");

  /** {@code failed}: it was tried. {@code dropped}: it was not. */
  final String outcome;

  Reason(String outcome) {
    this.outcome = outcome;
  }

  /** As counters name it, such as {@code rate_limited}. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
