/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks at class loaders that nobody should hold any more. */
final class Loaders {
  /** Collections that a class loader may take to be freed. */
  private static final int COLLECTIONS = 20;

  private Loaders() {}

  /** Collects until all are freed, or often enough, and returns how many are reachable then. */
  static int reachable(List<WeakReference<ClassLoader>> loaders) throws InterruptedException {
    int reachable = loaders.size();
    for (int i = 0; i < COLLECTIONS && reachable > 0; i++) {
      System.gc();
      System.runFinalization();
      TimeUnit.MILLISECONDS.sleep(100);
      reachable = 0;
      for (WeakReference<ClassLoader> loader : loaders) {
        reachable += loader.get() == null ? 0 : 1;
      }
    }
    return reachable;
  }
}
