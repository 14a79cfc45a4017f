/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * Opens a span and looks at the one that is open on a thread, through the agent's bridge classes.
 *
 * <p>From outside only finished spans show; that a thread is left empty shows only here.
 */
final class Bridge {
  private static final Class<?> CURRENT = find("Current");
  private static final Class<?> SPAN = find("Span");
  private static final Method GET = method(CURRENT, "get");
  private static final Method OPEN = method(CURRENT, "span");
  private static final Method START = method(find("Probe"), "startServer", CURRENT, String.class);
  private static final Method END = method(find("Probe"), "end", CURRENT, SPAN, Object.class);
  private static final Field TRACE = field("traceIdLow");
  private static final Field SPAN_ID = field("spanId");

  private final Object span;

  private Bridge(Object span) {
    this.span = span;
  }

  /** Whether the agent is there. */
  static boolean isThere() {
    return CURRENT != null;
  }

  /** Opens a span on this thread. */
  static Bridge open() {
    return new Bridge(isThere() ? call(START, call(GET), "/") : null);
  }

  /** Ends it on the same thread. */
  void end() {
    if (isThere()) {
      call(END, call(GET), span, null);
    }
  }

  /** Trace and span id of this span; "none" without the agent. */
  String id() {
    return id(span);
  }

  /** Trace and span id that a child made on this thread would have for a parent, or "none". */
  static String here() {
    return id(isThere() ? call(OPEN) : null);
  }

  private static String id(Object span) {
    try {
      return span == null
          ? "none"
          : Long.toHexString(TRACE.getLong(span)) + "/" + Long.toHexString(SPAN_ID.getLong(span));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> find(String name) {
    try {
      return Class.forName("java.lang.Vitals" + name);
    } catch (ClassNotFoundException withoutAgent) {
      return null;
    }
  }

  private static Method method(Class<?> type, String name, Class<?>... parameters) {
    try {
      return type == null ? null : type.getMethod(name, parameters);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Field field(String name) {
    try {
      return SPAN == null ? null : SPAN.getField(name);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object call(Method method, Object... arguments) {
    try {
      return method.invoke(null, arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
