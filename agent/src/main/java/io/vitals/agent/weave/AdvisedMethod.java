/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.TypePath;

/**
 * Puts advice around a method: the enter advice first, then the body, whose returns become jumps to
 * the exit advice. If there is an exit advice the body's variables move up, and if it writes its
 * parameters it works on copies, so that the exit advice finds what the enter advice found and
 * left.
 *
 * <p>Only code is translated, no type is looked up: frames are those of the body and of the advice,
 * moved. Several pieces of advice wrap each other.
 */
final class AdvisedMethod extends StackTracker {
  /** Pushed beside what advice pushes itself: this, below a value and above it. */
  private static final int MORE_STACK = 2;

  final WovenType type;
  final Layout layout;

  /** The name of the hook that failures are counted for. */
  final String hook;

  private final String name;
  private final AdviceClass advice;
  private final long copied;
  private final Label bodyStart = new Label();
  private final Label exit = new Label();
  private boolean returns;

  AdvisedMethod(
      WovenType type,
      int access,
      String name,
      String descriptor,
      AdviceClass advice,
      String hook,
      long written,
      MethodVisitor code) {
    super(code);
    this.type = type;
    this.name = name;
    this.advice = advice;
    this.hook = hook;
    this.layout = new Layout(type.name, (access & Opcodes.ACC_STATIC) != 0, descriptor, advice);
    this.copied = written;
    if (isConstructor() && advice.exit != null && advice.exit.onThrowable) {
      throw new IllegalStateException("a constructor that throws cannot be advised: " + this);
    }
  }

  boolean isConstructor() {
    return name.equals("<init>");
  }

  @Override
  public void visitCode() {
    mv.visitCode();
    layout.clearLocals(mv);
    if (advice.enter != null) {
      inline(advice.enter);
      separate();
    }
    if (advice.exit != null) {
      layout.copyArguments(copied, mv);
    }
    mv.visitLabel(bodyStart);
  }

  private void inline(AdviceMethod method) {
    advice.accept(method, new InlinedAdvice(method, this, mv));
  }

  /**
   * An instruction that does nothing, behind a frame of ours: what comes next may begin with one of
   * its own, where a loop comes back to, and no instruction can have two.
   */
  private void separate() {
    mv.visitInsn(Opcodes.NOP);
  }

  @Override
  public void visitInsn(int opcode) {
    if (advice.exit == null || opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN) {
      super.visitInsn(opcode);
      return;
    }
    returns = true;
    if (opcode != Opcodes.RETURN) {
      storeResult();
    }
    dropAllBelow(layout.returned);
    if (advice.exit.onThrowable) {
      mv.visitInsn(Opcodes.ACONST_NULL);
      mv.visitVarInsn(Opcodes.ASTORE, layout.thrown);
    }
    mv.visitJumpInsn(Opcodes.GOTO, exit);
  }

  private void storeResult() {
    mv.visitVarInsn(layout.returned.getOpcode(Opcodes.ISTORE), layout.result);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    if (advice.exit != null && advice.exit.onThrowable) {
      catchThrown();
    }
    if (advice.exit != null && (returns || advice.exit.onThrowable)) {
      leave();
    }
    mv.visitMaxs(
        Math.max(maxStack, Math.max(stackOf(advice.enter), stackOf(advice.exit)) + MORE_STACK),
        Math.max(moved(maxLocals), Math.max(localsOf(advice.enter), localsOf(advice.exit))));
  }

  /** Behind the body: what it throws is kept, and the exit advice is next. */
  private void catchThrown() {
    Label handler = new Label();
    mv.visitTryCatchBlock(bodyStart, handler, handler, null);
    mv.visitLabel(handler);
    frame(layout.frame(true, false, false), 1, new Object[] {"java/lang/Throwable"});
    mv.visitVarInsn(Opcodes.ASTORE, layout.thrown);
    if (layout.returned != Type.VOID_TYPE) {
      Layout.pushZero(layout.returned, mv);
      storeResult();
    }
  }

  /** The exit advice, and then what the body would have done. */
  private void leave() {
    mv.visitLabel(exit);
    frame(layout.frame(true, true, false), 0, new Object[0]);
    separate();
    inline(advice.exit);
    if (advice.exit.onThrowable) {
      Label normal = new Label();
      mv.visitVarInsn(Opcodes.ALOAD, layout.thrown);
      mv.visitJumpInsn(Opcodes.IFNULL, normal);
      mv.visitVarInsn(Opcodes.ALOAD, layout.thrown);
      mv.visitInsn(Opcodes.ATHROW);
      mv.visitLabel(normal);
      frame(layout.frame(true, true, false), 0, new Object[0]);
    }
    if (layout.returned != Type.VOID_TYPE) {
      mv.visitVarInsn(layout.returned.getOpcode(Opcodes.ILOAD), layout.result);
    }
    mv.visitInsn(layout.returned.getOpcode(Opcodes.IRETURN));
  }

  private static int stackOf(AdviceMethod method) {
    return method == null ? 0 : method.maxStack;
  }

  private int localsOf(AdviceMethod method) {
    return method == null ? layout.base : layout.base + method.maxLocals;
  }

  /** Writes a frame, if the class has any. */
  void frame(List<Object> locals, int stackCount, Object[] stack) {
    if (type.hasFrames) {
      mv.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), stackCount, stack);
    }
  }

  @Override
  void writeFrame(int count, Object[] locals, int stackCount, Object[] stack) {
    if (advice.exit == null) {
      mv.visitFrame(Opcodes.F_NEW, count, locals, stackCount, stack);
      return;
    }
    List<Object> all =
        layout.frame(true, false, beforeSuper(locals, count) || beforeSuper(stack, stackCount));
    layout.addBody(all, locals, count, copied);
    frame(all, stackCount, stack);
  }

  private static boolean beforeSuper(Object[] types, int count) {
    for (int i = 0; i < count; i++) {
      if (types[i] == Opcodes.UNINITIALIZED_THIS) {
        return true;
      }
    }
    return false;
  }

  /** Where the body finds its variable. */
  private int moved(int variable) {
    boolean stays =
        advice.exit == null || variable < layout.enter && !ArgumentWrites.has(copied, variable);
    return stays ? variable : layout.base + variable;
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    super.visitVarInsn(opcode, moved(variable));
  }

  @Override
  public void visitIincInsn(int variable, int increment) {
    super.visitIincInsn(moved(variable), increment);
  }

  @Override
  public void visitLocalVariable(
      String variable, String descriptor, String signature, Label from, Label to, int index) {
    super.visitLocalVariable(variable, descriptor, signature, from, to, moved(index));
  }

  @Override
  public AnnotationVisitor visitLocalVariableAnnotation(
      int reference,
      TypePath path,
      Label[] from,
      Label[] to,
      int[] indices,
      String descriptor,
      boolean visible) {
    int[] all = indices.clone();
    for (int i = 0; i < all.length; i++) {
      all[i] = moved(all[i]);
    }
    return super.visitLocalVariableAnnotation(reference, path, from, to, all, descriptor, visible);
  }

  /** As stack traces write it: the class and the method. */
  @Override
  public String toString() {
    return type.name.replace('/', '.') + '.' + name;
  }
}
