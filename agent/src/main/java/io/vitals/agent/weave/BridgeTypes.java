/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import io.vitals.bootstrap.Probe;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.pool.TypePool;

/** Describes the classes of the bridge, which are loaded and have no class file to be found. */
final class BridgeTypes extends TypePool.AbstractBase {
  /** What their names begin with, in the packaged agent and in unit tests. */
  private static final String PREFIX =
      Probe.class.getName().substring(0, Probe.class.getName().lastIndexOf("Probe"));

  BridgeTypes() {
    super(CacheProvider.NoOp.INSTANCE);
  }

  @Override
  protected Resolution doDescribe(String name) {
    if (name.startsWith(PREFIX)) {
      try {
        Class<?> loaded = Class.forName(name, false, Probe.class.getClassLoader());
        return new Resolution.Simple(TypeDescription.ForLoadedType.of(loaded));
      } catch (ClassNotFoundException notOfTheBridge) {
        return new Resolution.Illegal(name);
      }
    }
    return new Resolution.Illegal(name);
  }
}
