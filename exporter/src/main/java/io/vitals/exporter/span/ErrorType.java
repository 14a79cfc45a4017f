/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.MethodSpan;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Tells what {@code error.type} a span and its metric have, by the rules of the HTTP and database
 * conventions.
 *
 * <p>HTTP: with a status code its number if that is an error (on a server 5xx, on a client 4xx and
 * 5xx), nothing otherwise; without one the class of what was thrown, or {@code _OTHER}. Database:
 * the vendor's code, else the SQLSTATE, else the class of what was thrown.
 */
public final class ErrorType {
  static final String OTHER = "_OTHER";

  /** Causes of causes that are looked through; deeper nesting has not been seen. */
  private static final int MOST_WRAPPERS = 8;

  private ErrorType() {}

  /** The error type, or null if the operation did not fail. */
  public static String of(Span span) {
    if (span instanceof DbSpan) {
      return span.error == null ? null : ofDatabase(span.error);
    }
    if (span instanceof MethodSpan) {
      return span.error == null ? null : name(span.error);
    }
    int status = span.status();
    if (status > 0) {
      return isErrorStatus(span, status) ? Integer.toString(status) : null;
    }
    return span.error == null ? OTHER : name(span.error);
  }

  /** Whether the status code alone makes the span fail. */
  static boolean isErrorStatus(Span span, int status) {
    return status < 100 || status >= (span instanceof ServerSpan ? 500 : 400);
  }

  private static String ofDatabase(Object error) {
    Object cause = error instanceof Throwable ? unwrap((Throwable) error) : error;
    String code = responseCode(cause);
    return code == null ? name(cause) : code;
  }

  /** The vendor's code or the SQLSTATE, or null. */
  static String responseCode(Object cause) {
    return cause instanceof Throwable ? SqlErrorCode.of((Throwable) cause) : null;
  }

  private static String name(Object error) {
    return error instanceof Throwable
        ? unwrap((Throwable) error).getClass().getName()
        : error.toString();
  }

  /** What a failure was before executors, reflection and servlets wrapped it. */
  static Throwable unwrap(Throwable error) {
    Throwable thrown = error;
    for (int i = 0; i < MOST_WRAPPERS && isWrapper(thrown); i++) {
      Throwable cause = causeOf(thrown);
      if (cause == null) {
        return thrown;
      }
      thrown = cause;
    }
    return thrown;
  }

  private static boolean isWrapper(Throwable thrown) {
    return thrown instanceof ExecutionException
        || thrown instanceof CompletionException
        || thrown instanceof InvocationTargetException
        || thrown instanceof UndeclaredThrowableException
        || isServletException(thrown.getClass());
  }

  /** By name, because each web application has a class of its own. */
  private static boolean isServletException(Class<?> type) {
    for (Class<?> at = type; at != Exception.class && at != null; at = at.getSuperclass()) {
      String name = at.getName();
      if (name.equals("javax.servlet.ServletException")
          || name.equals("jakarta.servlet.ServletException")) {
        return true;
      }
    }
    return false;
  }

  /** The application's class may override {@code getCause} and fail in it. */
  private static Throwable causeOf(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable failure) {
      return null;
    }
  }
}
