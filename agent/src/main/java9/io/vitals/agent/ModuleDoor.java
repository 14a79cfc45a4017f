/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.Set;
import jdk.internal.misc.Unsafe;

/**
 * The way into {@code java.lang} on Java 9 and later: the instrumentation exports the JDK's own
 * {@code Unsafe} to us, and opens the package, whose {@code ClassLoader} defines helpers.
 *
 * <p>Called directly and not by reflection, which would cost three times as much at start-up.
 */
final class ModuleDoor implements Bridge.Door {
  ModuleDoor(Instrumentation instrumentation) {
    Set<Module> ours = Collections.singleton(ModuleDoor.class.getModule());
    instrumentation.redefineModule(
        Object.class.getModule(),
        Collections.<Module>emptySet(),
        Collections.singletonMap("jdk.internal.misc", ours),
        Collections.singletonMap("java.lang", ours),
        Collections.<Class<?>>emptySet(),
        Collections.<Class<?>, java.util.List<Class<?>>>emptyMap());
  }

  @Override
  public boolean isMakingArchive() {
    try {
      return jdk.internal.misc.CDS.isDumpingArchive();
    } catch (LinkageError unknownToThisJdk) {
      return false;
    }
  }

  /** Unlike a lookup it does not link the class, which under -Xverify:all asks for later ones. */
  @Override
  public void define(String internalName, byte[] bytes) {
    Unsafe.getUnsafe().defineClass(internalName, bytes, 0, bytes.length, null, null);
  }
}
