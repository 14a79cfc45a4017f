/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.packaging;

import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/**
 * Renames classes in the shipped bytecode: those of {@code bootstrap} into {@code java.lang}, and
 * {@code java.util.logging} in libraries to our own, so that the application's log manager is never
 * initialised by us.
 */
final class Renaming {
  static final String BOOTSTRAP = "io/vitals/bootstrap/";

  private static final String LOGGING = "java/util/logging/";
  private static final String OUR_LOGGING = "io/vitals/agent/log/jul/";

  private static final Set<String> LOGGING_CLASSES = new TreeSet<>();

  private Renaming() {}

  /**
   * The classes that stand in for those of {@code java.util.logging}, as far as libraries name
   * them.
   */
  static Set<String> loggingClasses() {
    return LOGGING_CLASSES;
  }

  static String rename(String internalName) {
    if (internalName.startsWith(BOOTSTRAP)) {
      return "java/lang/Vitals" + internalName.substring(BOOTSTRAP.length());
    }
    if (internalName.startsWith(LOGGING)) {
      String standIn = OUR_LOGGING + internalName.substring(LOGGING.length());
      LOGGING_CLASSES.add(standIn);
      return standIn;
    }
    return internalName;
  }

  /** The class file with names changed and what only debuggers and compilers read left out. */
  static byte[] apply(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(0);
    reader.accept(
        new ClassRemapper(
            new Stripping(writer),
            new Remapper(Opcodes.ASM9) {
              @Override
              public String map(String name) {
                return rename(name);
              }
            }),
        0);
    return writer.toByteArray();
  }

  /** Drops the names of local variables, and annotations that only reflection on Kotlin reads. */
  private static final class Stripping extends ClassVisitor {
    Stripping(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public net.bytebuddy.jar.asm.AnnotationVisitor visitAnnotation(String type, boolean visible) {
      return type.equals("Lkotlin/Metadata;") ? null : super.visitAnnotation(type, visible);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(
          Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
        @Override
        public void visitLocalVariable(
            String variable,
            String type,
            String generic,
            net.bytebuddy.jar.asm.Label from,
            net.bytebuddy.jar.asm.Label to,
            int index) {}
      };
    }
  }
}
