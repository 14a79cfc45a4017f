/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.vitals.bootstrap.MethodSpan;
import io.vitals.bootstrap.Span;
import java.util.HashMap;
import java.util.Map;

/**
 * Names the spans of methods by the class's simple name and the method.
 *
 * <p>Confined to one thread.
 */
final class MethodAttributes implements SpanDescriber {
  /** More methods than a configuration names; a further one is named each time. */
  private static final int MOST = 1024;

  private final Map<String, String> names = new HashMap<>();

  @Override
  public String describe(Span span, SpanAttributes into) {
    String method = ((MethodSpan) span).method;
    into.putCommon(Keys.CODE_FUNCTION, method);
    String name = names.get(method);
    if (name == null) {
      name = simple(method);
      if (names.size() < MOST) {
        names.put(method, name);
      }
    }
    return name;
  }

  /**
   * The name for a method, {@code Orders.place} for {@code com.example.Shop$Orders.place}.
   *
   * <p>A simple name is what follows the last {@code $} and the digits of a local class; where
   * nothing does, as for anonymous classes, it is the name without the package.
   */
  static String simple(String method) {
    int dot = method.lastIndexOf('.');
    int start = method.lastIndexOf('.', dot - 1) + 1;
    int simple = method.lastIndexOf('$', dot) + 1;
    while (simple > 0 && simple < dot && isDigit(method.charAt(simple))) {
      simple++;
    }
    return method.substring(simple > start && simple < dot ? simple : start);
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
