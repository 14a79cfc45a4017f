/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/** A call of a method that the configuration names. */
public final class MethodSpan extends Span {
  /** The fully-qualified name of the class that declares the method, a dot, the method's name. */
  public final String method;

  /** Makes a span that is not open yet. */
  public MethodSpan(String method) {
    this.method = method;
  }
}
