/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A class with advice: a method that runs before the advised ones, one that runs after them, or
 * both. Names types, never loads them, so one serves all class loaders.
 */
final class AdviceClass {
  private final ClassReader read;

  /** Runs before the method; may be null. */
  AdviceMethod enter;

  /** Runs after the method; may be null. */
  AdviceMethod exit;

  /** Reads the annotations. */
  AdviceClass(byte[] classFile) {
    this.read = new ClassReader(classFile);
    read.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            return new AdviceMethod(name, type, AdviceClass.this);
          }
        },
        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
  }

  /** Takes a method that was read. */
  void take(AdviceMethod method) {
    if (method.enters) {
      enter = method;
    } else if (method.exits) {
      if (method.returned != Type.VOID_TYPE) {
        throw new IllegalStateException("an exit advice returns nothing, but " + method.name);
      }
      exit = method;
    }
  }

  /** Shows the code of one of the two methods, frames in full. */
  void accept(final AdviceMethod method, final MethodVisitor code) {
    read.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            return name.equals(method.name) && type.equals(method.descriptor) ? code : null;
          }
        },
        ClassReader.SKIP_DEBUG | ClassReader.EXPAND_FRAMES);
  }
}
