/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

/** Prints when {@code main} begins, in milliseconds of the epoch, and the KiB of heap then used. */
public final class AtMain {
  private AtMain() {}

  public static void main(String[] arguments) {
    long now = System.currentTimeMillis();
    Runtime runtime = Runtime.getRuntime();
    System.out.println(now);
    System.out.println((runtime.totalMemory() - runtime.freeMemory()) / 1024);
  }
}
