/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

/** Greets and ends with the status given. */
public final class HelloWorld {
  private HelloWorld() {}

  public static void main(String[] arguments) {
    System.out.println("Hello");
    if (arguments.length > 0) {
      System.exit(Integer.parseInt(arguments[0]));
    }
  }
}
