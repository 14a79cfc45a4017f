/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** The fields of a class and, once one is asked for that it does not declare, of those above. */
final class Fields extends ClassVisitor {
  /** Finds class files of the JDK. */
  private static final ClassLoader BOOT = new ClassLoader(null) {};

  /** A field. */
  static final class Field {
    final String name;
    final Type type;
    final boolean isStatic;

    Field(String name, Type type, boolean isStatic) {
      this.name = name;
      this.type = type;
      this.isStatic = isStatic;
    }
  }

  private final ClassLoader loader;
  private final Map<String, Field> known = new HashMap<>();
  private String name;
  private String above;

  Fields(ClassLoader loader) {
    super(Opcodes.ASM9);
    this.loader = loader == null ? BOOT : loader;
  }

  @Override
  public void visit(
      int version,
      int access,
      String className,
      String signature,
      String superName,
      String[] interfaces) {
    name = name == null ? className : name;
    above = superName;
  }

  @Override
  public FieldVisitor visitField(
      int access, String field, String descriptor, String signature, Object value) {
    if (!known.containsKey(field)) {
      boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
      known.put(field, new Field(field, Type.getType(descriptor), isStatic));
    }
    return null;
  }

  /** The field with this name; an {@link IllegalStateException} names what is missing. */
  Field find(String field) {
    while (!known.containsKey(field) && above != null) {
      try (InputStream file = open(loader, above)) {
        new ClassReader(file).accept(this, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
      } catch (IOException unreadable) {
        throw new IllegalStateException(name + " is below what cannot be read: " + above);
      }
    }
    Field found = known.get(field);
    if (found == null) {
      throw new IllegalStateException(name + " has no field " + field);
    }
    return found;
  }

  private static InputStream open(ClassLoader loader, String internalName) throws IOException {
    InputStream file = loader.getResourceAsStream(internalName + ".class");
    if (file == null) {
      throw new IOException(internalName);
    }
    return file;
  }
}
