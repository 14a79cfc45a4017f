/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.extension;

import java.util.List;
import java.util.Map;

/** What a channel is to say: some alerts that belong together. Immutable; nothing is null. */
public interface AlertNotification {
  /** Why it is sent. */
  enum Kind {
    /** Something fires or has ended. */
    CHANGE,
    /** It is still firing. */
    REPEAT,
    /** Nobody has acknowledged it at another channel. */
    ESCALATION,
    /** Sent by hand, to see whether it arrives. */
    TEST
  }

  /** One of its alerts, as it was when the notification was made. Immutable. */
  interface Alert {
    /** The name of its rule, such as {@code SlowCheckout}. */
    String name();

    /** The same for an alert through all its life, 16 hex digits: what to tell repeats by. */
    String fingerprint();

    /** {@code low}, {@code medium}, {@code high} or {@code critical}. */
    String severity();

    /** Whether it fires; otherwise it has ended. */
    boolean isFiring();

    /** One sentence for people. */
    String summary();

    /** Labels of the rule and of what it found. */
    Map<String, String> labels();

    /** The rule's annotations, such as {@code runbook_url}. */
    Map<String, String> annotations();

    /** What the rule measured, in {@link #unit}; NaN where there is none. */
    double value();

    /** What it is compared with; NaN where there is none. */
    double threshold();

    /** UCUM, such as {@code s}, {@code By} or {@code 1}; or empty. */
    String unit();

    /** When it became firing, in milliseconds since the epoch. */
    long startEpochMillis();

    /** When it ended, in milliseconds since the epoch; 0 while it fires. */
    long endEpochMillis();

    /** A trace that shows the problem, 32 hex digits; or empty. */
    String traceId();

    /** Who has acknowledged it; or empty. */
    String acknowledgedBy();
  }

  /** Why it is sent. */
  Kind kind();

  /** {@code service.name}. */
  String service();

  /** {@code service.instance.id}. */
  String instance();

  /** Whether one of its alerts fires. */
  boolean isFiring();

  /** One line for people, such as {@code [FIRING: 2] SlowCheckout, critical (shop)}. */
  String title();

  /** The whole of it for people, some lines an alert. */
  String text();

  /** The labels that its alerts share and are grouped by. */
  Map<String, String> groupLabels();

  /** Those that fire, the worst first, then those that have ended; never empty. */
  List<Alert> alerts();

  /** When it was made, in milliseconds since the epoch. */
  long timeEpochMillis();
}
