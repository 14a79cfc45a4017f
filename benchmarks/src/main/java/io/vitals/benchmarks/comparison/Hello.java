/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import java.io.IOException;

/** The smallest program: says that its main method runs, and ends with its standard input. */
final class Hello {
  private Hello() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println(Child.ANSWER + "hello");
    while (System.in.read() >= 0) {
      // Until the end.
    }
  }
}
