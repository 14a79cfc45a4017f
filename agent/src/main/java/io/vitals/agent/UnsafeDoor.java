/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;

/** The way into {@code java.lang} on Java 8: {@code sun.misc.Unsafe}. */
final class UnsafeDoor implements Bridge.Door {
  private final Object unsafe;
  private final Method defineClass;

  UnsafeDoor() throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field field = type.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    unsafe = field.get(null);
    defineClass =
        type.getMethod(
            "defineClass",
            String.class,
            byte[].class,
            int.class,
            int.class,
            ClassLoader.class,
            ProtectionDomain.class);
  }

  @Override
  public boolean isMakingArchive() {
    return false;
  }

  @Override
  public void define(String internalName, byte[] bytes) throws Exception {
    defineClass.invoke(unsafe, internalName, bytes, 0, bytes.length, null, null);
  }
}
