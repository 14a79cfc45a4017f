/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import io.vitals.agent.Resources;
import io.vitals.instrumentation.Hook;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Defines the helpers of hooks in the class loaders of woven types.
 *
 * <p>A class that a loader has defined is found by what that loader's classes name, whatever the
 * loader delegates, so no advice on {@code loadClass} is needed; see the module's RATIONALE. The
 * map is read while classes are woven only, never on a request's way.
 */
final class HelperClasses {
  private final WeakHashMap<ClassLoader, Set<String>> defined = new WeakHashMap<>();
  private volatile Method defineClass;

  /**
   * Defines the helpers of a hook that the loader does not have yet.
   *
   * <p>Without a lock: a loader that is not parallel-capable is locked by the JVM while it defines,
   * and the thread that holds it may be waiting here. Two threads may define the same helper; the
   * second is told so. A helper counts as defined only afterwards, since woven code may run at
   * once.
   */
  void define(Hook hook, ClassLoader loader) throws Exception {
    if (hook.helpers().isEmpty()) {
      return;
    }
    Set<String> names = namesOf(loader);
    for (String name : hook.helpers()) {
      if (!names.contains(name)) {
        define(name, loader);
        names.add(name);
      }
    }
  }

  /** Whether one of these helpers was defined in the loader or in one above it. */
  boolean areDefined(String[] names, ClassLoader loader) {
    if (names.length == 0) {
      return false;
    }
    for (ClassLoader above = loader; above != null; above = above.getParent()) {
      Set<String> there = namesIn(above);
      for (String name : names) {
        if (there != null && there.contains(name)) {
          return true;
        }
      }
    }
    return false;
  }

  private synchronized Set<String> namesIn(ClassLoader loader) {
    return defined.get(loader);
  }

  private synchronized Set<String> namesOf(ClassLoader loader) {
    Set<String> names = defined.get(loader);
    if (names == null) {
      names = Collections.newSetFromMap(new ConcurrentHashMap<String, Boolean>());
      defined.put(loader, names);
    }
    return names;
  }

  private void define(String name, ClassLoader loader) throws Exception {
    byte[] bytes = Resources.read(name.replace('.', '/') + ".class");
    try {
      defineClass().invoke(loader, name, bytes, 0, bytes.length, null);
    } catch (InvocationTargetException failed) {
      if (!(failed.getCause() instanceof LinkageError)
          || !isDefined(failed.getCause().getMessage())) {
        throw failed;
      }
    }
  }

  /** Whether another thread was first. */
  private static boolean isDefined(String message) {
    return message != null && message.contains("duplicate");
  }

  private Method defineClass() throws NoSuchMethodException {
    Method found = defineClass;
    if (found == null) {
      found =
          ClassLoader.class.getDeclaredMethod(
              "defineClass",
              String.class,
              byte[].class,
              int.class,
              int.class,
              ProtectionDomain.class);
      found.setAccessible(true);
      defineClass = found;
    }
    return found;
  }
}
