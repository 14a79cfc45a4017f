/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import io.vitals.bootstrap.Probe;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Attribute;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes the code of an advice into the advised method: parameters become what they stand for,
 * variables move up, a return becomes a jump to the end, and what the advice throws goes to {@link
 * Probe#failure}.
 *
 * <p>Types may differ between the advice and a version of the library; then a cast is written, so
 * that only the advice fails. What no cast can mend refuses the whole class.
 */
final class InlinedAdvice extends MethodVisitor {
  private final AdviceMethod advice;
  private final AdvisedMethod method;
  private final Layout layout;
  private final Label start = new Label();
  private final Label end = new Label();
  private final Label handler = new Label();

  InlinedAdvice(AdviceMethod advice, AdvisedMethod method, MethodVisitor code) {
    super(Opcodes.ASM9, code);
    this.advice = advice;
    this.method = method;
    this.layout = method.layout;
  }

  @Override
  public void visitCode() {
    super.visitLabel(start);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN) {
      super.visitInsn(opcode);
      return;
    }
    keepReturned();
    super.visitJumpInsn(Opcodes.GOTO, end);
  }

  private void keepReturned() {
    if (advice.returned != Type.VOID_TYPE) {
      super.visitVarInsn(advice.returned.getOpcode(Opcodes.ISTORE), layout.enter);
    }
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    if (advice.suppressed) {
      super.visitTryCatchBlock(start, handler, handler, null);
      super.visitLabel(handler);
      frame(false, new Object[] {"java/lang/Throwable"});
      super.visitLdcInsn(method.hook);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          Type.getInternalName(Probe.class),
          "failure",
          "(Ljava/lang/Throwable;Ljava/lang/String;)V",
          false);
      if (advice.returned != Type.VOID_TYPE) {
        Layout.pushZero(advice.returned, mv);
        keepReturned();
      }
    }
    super.visitLabel(end);
    frame(true, new Object[0]);
  }

  @Override
  public void visitEnd() {}

  // What stands before the code is the advice's own.

  @Override
  public void visitParameter(String name, int access) {}

  @Override
  public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
    return null;
  }

  @Override
  public void visitAnnotableParameterCount(int count, boolean visible) {}

  @Override
  public AnnotationVisitor visitParameterAnnotation(
      int parameter, String annotation, boolean visible) {
    return null;
  }

  @Override
  public void visitAttribute(Attribute attribute) {}

  /** What all frames within the advice and, {@code atItsEnd}, behind it begin with. */
  private List<Object> before(boolean atItsEnd) {
    return advice.enters
        ? layout.frame(atItsEnd, false, method.isConstructor())
        : layout.frame(true, true, false);
  }

  private void frame(boolean atItsEnd, Object[] stack) {
    method.frame(before(atItsEnd), stack.length, stack);
  }

  @Override
  public void visitFrame(int type, int count, Object[] locals, int stackCount, Object[] stack) {
    List<Object> all = before(false);
    Layout.addOwn(all, locals, count, advice.bindings.length);
    method.frame(all, stackCount, stack);
  }

  @Override
  public void visitIincInsn(int variable, int increment) {
    if (variable < advice.bindings.length) {
      throw refused("it counts a parameter up");
    }
    super.visitIincInsn(own(variable), increment);
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    if (variable >= advice.bindings.length) {
      super.visitVarInsn(opcode, own(variable));
      return;
    }
    Binding bound = advice.bindings[variable];
    if (bound == null) {
      throw refused("a parameter of it has no annotation");
    }
    if (opcode <= Opcodes.ALOAD) {
      load(bound);
    } else {
      store(bound);
    }
  }

  private int own(int variable) {
    return variable - advice.bindings.length + layout.base;
  }

  private void load(Binding bound) {
    switch (bound.kind) {
      case THIS:
        loadThis();
        convert(Type.getObjectType(method.type.name), bound.type, bound);
        break;
      case FIELDVALUE:
        WovenType.Field field = method.type.field((String) bound.value);
        if (!field.isStatic) {
          loadThis();
        }
        field(field.isStatic ? Opcodes.GETSTATIC : Opcodes.GETFIELD, field);
        convert(field.type, bound.type, bound);
        break;
      case ORIGIN:
        super.visitLdcInsn(origin(bound));
        break;
      default:
        Type type = type(bound);
        super.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot(bound));
        convert(type, bound.type, bound);
    }
  }

  private void store(Binding bound) {
    if (bound.readOnly && bound.kind != Binding.Kind.LOCAL) {
      throw refused("it writes " + bound.kind + ", which is not readOnly = false");
    }
    if (bound.kind == Binding.Kind.FIELDVALUE) {
      WovenType.Field field = method.type.field((String) bound.value);
      convert(bound.type, field.type, bound);
      if (!field.isStatic) {
        putThisBelow(field.type);
      }
      field(field.isStatic ? Opcodes.PUTSTATIC : Opcodes.PUTFIELD, field);
      return;
    }
    Type type = type(bound);
    convert(bound.type, type, bound);
    super.visitVarInsn(type.getOpcode(Opcodes.ISTORE), slot(bound));
  }

  private void loadThis() {
    if (layout.isStatic) {
      throw refused("the method is static");
    }
    super.visitVarInsn(Opcodes.ALOAD, 0);
  }

  private void putThisBelow(Type value) {
    loadThis();
    if (value.getSize() == 1) {
      super.visitInsn(Opcodes.SWAP);
    } else {
      super.visitInsn(Opcodes.DUP_X2);
      super.visitInsn(Opcodes.POP);
    }
  }

  private void field(int opcode, WovenType.Field field) {
    super.visitFieldInsn(opcode, method.type.name, field.name, field.type.getDescriptor());
  }

  /** The type of a variable of the advised method that a parameter stands for. */
  private Type type(Binding bound) {
    switch (bound.kind) {
      case ARGUMENT:
        int argument = (Integer) bound.value;
        if (argument >= layout.arguments.length) {
          throw refused("there is no argument " + argument);
        }
        return layout.arguments[argument];
      case RETURN:
        return there(layout.returned, bound);
      case THROWN:
        return there(advice.onThrowable ? Type.getType(Throwable.class) : Type.VOID_TYPE, bound);
      case ENTER:
        return there(layout.entered, bound);
      default:
        return bound.type;
    }
  }

  /** What only an exit advice can have, and only if there is one. */
  private Type there(Type type, Binding bound) {
    if (advice.enters || type == Type.VOID_TYPE) {
      throw refused("there is no " + bound.kind);
    }
    return type;
  }

  private int slot(Binding bound) {
    switch (bound.kind) {
      case ARGUMENT:
        return layout.slot((Integer) bound.value);
      case RETURN:
        return layout.result;
      case THROWN:
        return layout.thrown;
      case ENTER:
        return layout.enter;
      default:
        return layout.slotOfLocal(bound);
    }
  }

  private void convert(Type from, Type to, Binding bound) {
    if (from.equals(to)) {
      return;
    }
    if (isReference(to) && isReference(from)) {
      if (!to.getInternalName().equals("java/lang/Object")) {
        super.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
      }
    } else {
      throw refused(bound.kind + " is " + from.getClassName() + ", not " + to.getClassName());
    }
  }

  private static boolean isReference(Type type) {
    return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
  }

  /** The place and the reason. */
  private IllegalStateException refused(String why) {
    return new IllegalStateException("advice for " + method + " does not fit: " + why);
  }

  private String origin(Binding bound) {
    if (!bound.value.equals("#t.#m")) {
      throw refused("it wants the origin as " + bound.value);
    }
    return method.toString();
  }
}
