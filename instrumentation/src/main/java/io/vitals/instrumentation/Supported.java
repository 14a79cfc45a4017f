/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a hook tells its users: a line of {@code SUPPORTED.md}, which a test of the agent writes and
 * compares. Hooks are made at build time only, so it costs a running agent nothing.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Supported {
  /** The library as people call it, in Markdown. */
  String library();

  /** The versions that the smoke tests run. */
  String tested();

  /** What is emitted. */
  String gives();
}
