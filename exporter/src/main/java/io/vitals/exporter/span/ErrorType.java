/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;

/** Tells what {@code error.type} a span and its metric have. */
public final class ErrorType {
  private ErrorType() {}

  /** The error type, or null if the operation did not fail. */
  public static String of(Span span) {
    if (span instanceof DbSpan) {
      return span.error == null ? null : name(span.error);
    }
    int status = span.status();
    if (status > 0) {
      return status < 100 || status >= (span instanceof ServerSpan ? 500 : 400)
          ? Integer.toString(status)
          : null;
    }
    return span.error == null ? "_OTHER" : name(span.error);
  }

  private static String name(Object error) {
    return error instanceof Throwable ? error.getClass().getName() : error.toString();
  }
}
