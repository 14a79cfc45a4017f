/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import io.vitals.bootstrap.Probe;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.pool.TypePool;

/**
 * Describes what advice names and is loaded already: the classes of the bridge, which have no class
 * file to be found, and the annotations, whose class files need not be read.
 */
final class LoadedTypes extends TypePool.AbstractBase {
  /** What their names begin with, in the packaged agent and in unit tests. */
  private static final String BRIDGE =
      Probe.class.getName().substring(0, Probe.class.getName().lastIndexOf("Probe"));

  private static final String ANNOTATIONS = Advice.class.getName().concat("$");

  LoadedTypes() {
    super(CacheProvider.NoOp.INSTANCE);
  }

  @Override
  protected Resolution doDescribe(String name) {
    if (name.startsWith(BRIDGE)) {
      return describe(name, Probe.class.getClassLoader());
    }
    if (name.startsWith(ANNOTATIONS)) {
      return describe(name, Advice.class.getClassLoader());
    }
    return new Resolution.Illegal(name);
  }

  private static Resolution describe(String name, ClassLoader loader) {
    try {
      Class<?> loaded = Class.forName(name, false, loader);
      return new Resolution.Simple(TypeDescription.ForLoadedType.of(loaded));
    } catch (ClassNotFoundException notLoaded) {
      return new Resolution.Illegal(name);
    }
  }
}
