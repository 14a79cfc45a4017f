/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Which of their parameters the methods of a class write, of those methods that are asked for. Few
 * are; all others can stay where they are under advice.
 */
abstract class ArgumentWrites extends ClassVisitor {
  /** All parameters, as a set of them. */
  static final long ALL = -1;

  private final Map<String, Long> written = new HashMap<>();

  ArgumentWrites() {
    super(Opcodes.ASM9);
  }

  /** Whether a method is asked for. */
  abstract boolean matters(String name, String descriptor);

  /** The slots of the parameters that a method writes, {@code this} among them, as a set. */
  final long by(String name, String descriptor) {
    Long slots = written.get(name + descriptor);
    return slots == null ? 0 : slots;
  }

  /** Whether a slot is in a set; what has no room in one counts as if it was. */
  static boolean has(long slots, int slot) {
    return slot >= Long.SIZE - 1 || (slots & 1L << slot) != 0;
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
          writes(variable);
        }
      }

      @Override
      public void visitIincInsn(int variable, int increment) {
        writes(variable);
      }

      private void writes(int variable) {
        if (variable < slots) {
          written.put(name + descriptor, by(name, descriptor) | 1L << variable);
        }
      }
    };
  }
}
