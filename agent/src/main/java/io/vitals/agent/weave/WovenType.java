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

/**
 * What weaving knows of the class at hand: its name, and its fields with, once one is asked for
 * that it does not declare, those of the classes above, out of their class files.
 */
final class WovenType extends ClassVisitor {
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
  private final Map<String, Field> fields = new HashMap<>();
  private String above;

  /** Its internal name. */
  final String name;

  /** Whether its code has stack map frames, as of Java 6. */
  final boolean hasFrames;

  /** Of what {@link ClassReader} says of a class in the beginning. */
  WovenType(ClassReader read, ClassLoader loader) {
    super(Opcodes.ASM9);
    // The one above ours finds class files of the JDK.
    this.loader = loader == null ? WovenType.class.getClassLoader().getParent() : loader;
    this.name = read.getClassName();
    this.above = read.getSuperName();
    this.hasFrames = read.readUnsignedShort(6) >= Opcodes.V1_6;
  }

  @Override
  public FieldVisitor visitField(
      int access, String field, String descriptor, String signature, Object value) {
    if (!fields.containsKey(field)) {
      boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
      fields.put(field, new Field(field, Type.getType(descriptor), isStatic));
    }
    return null;
  }

  /** The field with this name; an {@link IllegalStateException} says what is missing. */
  Field field(String field) {
    while (!fields.containsKey(field) && above != null) {
      ClassReader superclass = read(above);
      superclass.accept(this, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
      above = superclass.getSuperName();
    }
    Field found = fields.get(field);
    if (found == null) {
      throw new IllegalStateException(name + " has no field " + field);
    }
    return found;
  }

  private ClassReader read(String internalName) {
    try (InputStream file = loader.getResourceAsStream(internalName + ".class")) {
      return new ClassReader(file);
    } catch (IOException unreadable) {
      throw new IllegalStateException(
          name + " is below what cannot be read: " + internalName, unreadable);
    }
  }
}
