/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation;

import java.util.Arrays;
import java.util.List;

/** All hooks, in the order of their names; a new library is one file and one line here. */
public final class Hooks {
  private Hooks() {}

  /** Builds every hook; for the packaging, which writes the index from them. */
  public static List<Hook> all() {
    return Arrays.asList();
  }
}
