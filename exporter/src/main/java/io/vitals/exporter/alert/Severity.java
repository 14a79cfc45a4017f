/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import java.util.Locale;

/** How bad an alert is, from the least to the worst. */
public enum Severity {
  /** To be looked at some time. */
  LOW("info"),
  /** To be looked at today. */
  MEDIUM("warning"),
  /** To be looked at now. */
  HIGH("error"),
  /** Somebody has to be woken. */
  CRITICAL("critical");

  private final String signal;

  Severity(String signal) {
    this.signal = signal;
  }

  /** What people write: {@code low}, {@code medium}, {@code high} or {@code critical}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the signal says: {@code info}, {@code warning}, {@code error} or {@code critical}. */
  public String signal() {
    return signal;
  }

  /** The severity that people or signals call so, or null. */
  public static Severity of(String text) {
    for (Severity severity : values()) {
      if (severity.text().equalsIgnoreCase(text) || severity.signal.equalsIgnoreCase(text)) {
        return severity;
      }
    }
    return null;
  }
}
