/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells whether a class that is being loaded is below an indexed type, by reading the names of its
 * supertypes out of class files.
 *
 * <p>Asked only of classes that declare a method which a hook looks for. Answers are remembered a
 * class loader and name; {@value #MOST} of them are about 200 KB.
 */
final class Supertypes {
  /**
   * An application has some hundred classes with such methods; beyond this nothing is remembered.
   */
  private static final int MOST = 2000;

  /** No hierarchy of classes in use is deeper. */
  private static final int DEEPEST = 40;

  private final HookIndex index;
  private final ConcurrentHashMap<String, Boolean> known = new ConcurrentHashMap<>();

  Supertypes(HookIndex index) {
    this.index = index;
  }

  /** Whether the class is below {@code type}; what cannot be read counts as not below. */
  boolean isBelow(ClassFile file, ClassLoader loader, String type) {
    return isBelow(file, loader, type, 0);
  }

  private boolean isBelow(ClassFile file, ClassLoader loader, String type, int depth) {
    for (int i = 0; i < file.interfaceCount(); i++) {
      if (isOrBelow(file.interfaceName(i), loader, type, depth)) {
        return true;
      }
    }
    return isOrBelow(file.superName(), loader, type, depth);
  }

  private boolean isOrBelow(String name, ClassLoader loader, String type, int depth) {
    if (name == null || depth > DEEPEST) {
      return false;
    }
    if (name.equals(type)) {
      return true;
    }
    String jdk = index.jdkSupertype(name);
    if (jdk != null) {
      return isOrBelow(jdk, loader, type, depth + 1);
    }
    if (name.startsWith("java/")) {
      return false;
    }
    String key = System.identityHashCode(loader) + " " + name + " " + type;
    Boolean remembered = known.get(key);
    if (remembered != null) {
      return remembered;
    }
    boolean below = readIsBelow(name, loader, type, depth);
    if (known.size() < MOST) {
      known.put(key, below);
    }
    return below;
  }

  private boolean readIsBelow(String name, ClassLoader loader, String type, int depth) {
    try (InputStream in = loader.getResourceAsStream(name + ".class")) {
      return in != null && isBelow(new ClassFile(readAll(in)), loader, type, depth + 1);
    } catch (IOException | RuntimeException | LinkageError unreadable) {
      return false;
    }
  }

  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    byte[] buffer = new byte[4096];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
    }
    return out.toByteArray();
  }

  /** Whether a loaded class is below {@code type}; asks only what reflection knows already. */
  static boolean isBelow(Class<?> loaded, String type) {
    for (Class<?> c = loaded; c != null; c = c.getSuperclass()) {
      if (c != loaded && c.getName().equals(type)) {
        return true;
      }
      for (Class<?> implemented : c.getInterfaces()) {
        if (implemented.getName().equals(type) || isBelow(implemented, type)) {
          return true;
        }
      }
    }
    return false;
  }
}
