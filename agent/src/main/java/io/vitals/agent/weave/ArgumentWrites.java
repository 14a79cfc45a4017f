/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The methods of a class that write their own parameters, of those that are asked for. Few do; all
 * others can keep their arguments where they are.
 */
abstract class ArgumentWrites extends ClassVisitor {
  private final Set<String> writing = new HashSet<>();

  ArgumentWrites() {
    super(Opcodes.ASM9);
  }

  /** Whether a method is asked for. */
  abstract boolean matters(String name, String descriptor);

  /** Whether a method writes a parameter, or what it has for {@code this}. */
  final boolean writes(String name, String descriptor) {
    return writing.contains(name + descriptor);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, final String name, final String descriptor, String generic, String[] thrown) {
    if (!matters(name, descriptor)) {
      return null;
    }
    int withThis = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
    final int slots = (access & Opcodes.ACC_STATIC) == 0 ? withThis : withThis - 1;
    return new MethodVisitor(Opcodes.ASM9) {
      @Override
      public void visitVarInsn(int opcode, int variable) {
        if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
          written(variable);
        }
      }

      @Override
      public void visitIincInsn(int variable, int increment) {
        written(variable);
      }

      private void written(int variable) {
        if (variable < slots) {
          writing.add(name + descriptor);
        }
      }
    };
  }
}
