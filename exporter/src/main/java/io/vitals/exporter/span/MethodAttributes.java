/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.vitals.bootstrap.MethodSpan;
import io.vitals.bootstrap.Span;

/** Names the spans of methods by the class's simple name and the method. */
final class MethodAttributes implements SpanDescriber {
  @Override
  public String describe(Span span, SpanAttributes into) {
    String method = ((MethodSpan) span).method;
    into.putCommon(Keys.CODE_FUNCTION, method);
    return simple(method);
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
