/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ConstantDynamic;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Knows what lies on the operand stack while a method passes by: code may return with more on the
 * stack than what it returns, as Kotlin's does, and a jump that takes the place of a return must
 * leave it empty.
 *
 * <p>The stack is a text with a letter for each slot: {@code 1} for what has one, {@code L} and
 * {@code H} for the two halves of a long or double.
 */
abstract class StackTracker extends MethodVisitor {
  private static final String ONE = "1";
  private static final String WIDE = "LH";

  /**
   * How many slots each instruction without operands takes, from {@code nop} to {@code sastore}.
   */
  private static final String TAKES_TO_STORES =
      "000000000000000000000000000000000000000000000022222222"
          + "0000000000000000000000000"
          + "34343333";

  /** The same from {@code iadd} to {@code dcmpg}. */
  private static final String TAKES_TO_COMPARISONS =
      "24242424242424242424" + "1212" + "232323" + "242424" + "0" + "111222111222111" + "42244";

  /** How many slots it fills, from {@code iadd} to {@code dcmpg}. */
  private static final String FILLS_TO_COMPARISONS =
      "12121212121212121212" + "1212" + "121212" + "121212" + "0" + "212112122121111" + "11111";

  private final StringBuilder stack = new StringBuilder();
  private final Map<Label, String> atLabels = new HashMap<>();
  private boolean reachable = true;

  StackTracker(MethodVisitor code) {
    super(Opcodes.ASM9, code);
  }

  /** Writes what takes off all that lies below the topmost value, which is gone already. */
  final void dropAllBelow(Type topmost) {
    take(topmost.getSize());
    while (stack.length() > 0) {
      boolean wide = stack.charAt(stack.length() - 1) == 'H';
      mv.visitInsn(wide ? Opcodes.POP2 : Opcodes.POP);
      take(wide ? 2 : 1);
    }
    reachable = false;
  }

  private void take(int slots) {
    stack.setLength(Math.max(0, stack.length() - slots));
  }

  private void fill(Type type) {
    stack.append(type.getSize() == 2 ? WIDE : type.getSize() == 1 ? ONE : "");
  }

  private void jumpTo(Label target) {
    if (reachable && !atLabels.containsKey(target)) {
      atLabels.put(target, stack.toString());
    }
  }

  private void become(String content) {
    stack.setLength(0);
    stack.append(content);
    reachable = true;
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
    atLabels.put(handler, ONE);
    super.visitTryCatchBlock(start, end, handler, type);
  }

  @Override
  public void visitLabel(Label label) {
    String known = atLabels.get(label);
    if (known != null) {
      become(known);
    } else if (!reachable) {
      become("");
    }
    super.visitLabel(label);
  }

  @Override
  public void visitFrame(int form, int count, Object[] locals, int stackCount, Object[] types) {
    become("");
    for (int i = 0; i < stackCount; i++) {
      stack.append(Layout.slots(types[i]) == 2 ? WIDE : ONE);
    }
    writeFrame(count, locals, stackCount, types);
  }

  /** Passes a frame on. */
  abstract void writeFrame(int count, Object[] locals, int stackCount, Object[] types);

  @Override
  public void visitInsn(int opcode) {
    if (opcode <= Opcodes.DCONST_1) {
      fill(constant(opcode));
    } else if (opcode <= Opcodes.SASTORE) {
      take(TAKES_TO_STORES.charAt(opcode) - '0');
      if (opcode <= Opcodes.SALOAD) {
        stack.append(opcode == Opcodes.LALOAD || opcode == Opcodes.DALOAD ? WIDE : ONE);
      }
    } else if (opcode <= Opcodes.SWAP) {
      shuffle(opcode);
    } else if (opcode <= Opcodes.DCMPG) {
      take(TAKES_TO_COMPARISONS.charAt(opcode - Opcodes.IADD) - '0');
      int slots = FILLS_TO_COMPARISONS.charAt(opcode - Opcodes.IADD) - '0';
      stack.append(slots == 2 ? WIDE : ONE);
    } else if (opcode == Opcodes.ARRAYLENGTH) {
      take(1);
      stack.append(ONE);
    } else if (opcode == Opcodes.ATHROW || opcode <= Opcodes.RETURN) {
      reachable = false;
    } else {
      take(1); // A monitor.
    }
    super.visitInsn(opcode);
  }

  private static Type constant(int opcode) {
    if (opcode == Opcodes.NOP) {
      return Type.VOID_TYPE;
    }
    boolean wide =
        opcode == Opcodes.LCONST_0 || opcode == Opcodes.LCONST_1 || opcode >= Opcodes.DCONST_0;
    return wide ? Type.LONG_TYPE : Type.INT_TYPE;
  }

  /** Copies the topmost slots, one or two, below as many others as the instruction says. */
  private void shuffle(int opcode) {
    if (opcode == Opcodes.POP || opcode == Opcodes.POP2) {
      take(opcode - Opcodes.POP + 1);
    } else if (opcode == Opcodes.SWAP) {
      stack.append(stack.charAt(stack.length() - 2)).deleteCharAt(stack.length() - 3);
    } else {
      int copied = opcode >= Opcodes.DUP2 ? 2 : 1;
      int below = opcode - (copied == 2 ? Opcodes.DUP2 : Opcodes.DUP);
      String top = stack.substring(stack.length() - copied);
      stack.insert(stack.length() - copied - below, top);
    }
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    if (opcode == Opcodes.NEWARRAY) {
      take(1);
    }
    stack.append(ONE);
    super.visitIntInsn(opcode, operand);
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    boolean wide =
        opcode == Opcodes.LLOAD
            || opcode == Opcodes.DLOAD
            || opcode == Opcodes.LSTORE
            || opcode == Opcodes.DSTORE;
    if (opcode <= Opcodes.ALOAD) {
      stack.append(wide ? WIDE : ONE);
    } else if (opcode == Opcodes.RET) {
      reachable = false;
    } else {
      take(wide ? 2 : 1);
    }
    super.visitVarInsn(opcode, variable);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    if (opcode == Opcodes.NEW) {
      stack.append(ONE);
    }
    super.visitTypeInsn(opcode, type);
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    Type field = Type.getType(descriptor);
    if (opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC) {
      take(field.getSize());
    }
    if (opcode == Opcodes.PUTFIELD || opcode == Opcodes.GETFIELD) {
      take(1);
    }
    if (opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC) {
      fill(field);
    }
    super.visitFieldInsn(opcode, owner, name, descriptor);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean ofInterface) {
    call(descriptor, opcode == Opcodes.INVOKESTATIC);
    super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    call(descriptor, true);
    super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
  }

  private void call(String descriptor, boolean isStatic) {
    // Counts the object too.
    take((Type.getArgumentsAndReturnSizes(descriptor) >> 2) - (isStatic ? 1 : 0));
    fill(Type.getReturnType(descriptor));
  }

  @Override
  public void visitJumpInsn(int opcode, Label target) {
    if (opcode >= Opcodes.IFEQ && opcode <= Opcodes.IFLE || opcode >= Opcodes.IFNULL) {
      take(1);
    } else if (opcode <= Opcodes.IF_ACMPNE) {
      take(2);
    }
    if (opcode == Opcodes.JSR) {
      stack.append(ONE);
      jumpTo(target);
      take(1);
    } else {
      jumpTo(target);
    }
    reachable = opcode != Opcodes.GOTO;
    super.visitJumpInsn(opcode, target);
  }

  @Override
  public void visitTableSwitchInsn(int least, int most, Label other, Label... labels) {
    switchTo(other, labels);
    super.visitTableSwitchInsn(least, most, other, labels);
  }

  @Override
  public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
    switchTo(other, labels);
    super.visitLookupSwitchInsn(other, keys, labels);
  }

  private void switchTo(Label other, Label[] labels) {
    take(1);
    jumpTo(other);
    for (Label label : labels) {
      jumpTo(label);
    }
    reachable = false;
  }

  @Override
  public void visitLdcInsn(Object value) {
    boolean wide =
        value instanceof Long
            || value instanceof Double
            || value instanceof ConstantDynamic && ((ConstantDynamic) value).getSize() == 2;
    stack.append(wide ? WIDE : ONE);
    super.visitLdcInsn(value);
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    take(dimensions);
    stack.append(ONE);
    super.visitMultiANewArrayInsn(descriptor, dimensions);
  }
}
