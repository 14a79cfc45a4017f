/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

/** Prints how many KiB of heap are used when {@code main} begins. */
public final class HeapAtMain {
  private HeapAtMain() {}

  public static void main(String[] arguments) {
    Runtime runtime = Runtime.getRuntime();
    System.out.println((runtime.totalMemory() - runtime.freeMemory()) / 1024);
  }
}
