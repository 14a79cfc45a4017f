/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Collections;
import java.util.Set;

/**
 * The way into {@code java.lang} on Java 9 and later: the instrumentation opens the package to us.
 *
 * <p>Called directly and not by reflection, which would cost three times as much at start-up.
 */
final class ModuleDoor implements Bridge.Door {
  private final Lookup lookup;

  ModuleDoor(Instrumentation instrumentation) throws IllegalAccessException {
    Set<Module> ours = Collections.singleton(ModuleDoor.class.getModule());
    instrumentation.redefineModule(
        Object.class.getModule(),
        Collections.<Module>emptySet(),
        Collections.singletonMap("jdk.internal.misc", ours),
        Collections.singletonMap("java.lang", ours),
        Collections.<Class<?>>emptySet(),
        Collections.<Class<?>, java.util.List<Class<?>>>emptyMap());
    lookup = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
  }

  @Override
  public boolean isMakingArchive() {
    try {
      return jdk.internal.misc.CDS.isDumpingArchive();
    } catch (LinkageError unknownToThisJdk) {
      return false;
    }
  }

  @Override
  public void define(String internalName, byte[] bytes) throws IllegalAccessException {
    lookup.defineClass(bytes);
  }
}
