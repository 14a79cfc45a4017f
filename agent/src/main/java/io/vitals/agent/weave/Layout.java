/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Where an advised method keeps what: its own arguments, which its body does not write; what the
 * enter advice returned; the locals that both advices share; the result and the throwable; and from
 * {@link #base} on the variables of whoever runs, body or advice.
 */
final class Layout {
  private final Object self;
  final boolean isStatic;
  final Type[] arguments;
  final Type returned;
  final Type entered;
  private final List<Binding> locals = new ArrayList<>(3);

  /** What there is for the exit advice: the result and the throwable, or nothing. */
  private final Type kept;

  private final Type caught;

  /** The first slot behind the arguments, where the enter advice's result is. */
  final int enter;

  private final int firstLocal;
  final int result;
  final int thrown;
  final int base;

  Layout(String owner, boolean isStatic, String descriptor, AdviceClass advice) {
    this.self = owner;
    this.isStatic = isStatic;
    this.arguments = Type.getArgumentTypes(descriptor);
    this.returned = Type.getReturnType(descriptor);
    this.entered = advice.enter == null ? Type.VOID_TYPE : advice.enter.returned;
    this.kept = advice.exit == null ? Type.VOID_TYPE : returned;
    this.caught =
        advice.exit != null && advice.exit.onThrowable
            ? Type.getType(Throwable.class)
            : Type.VOID_TYPE;
    this.enter = slot(arguments.length);
    this.firstLocal = enter + entered.getSize();
    this.result = firstLocal + addLocals(advice.enter) + addLocals(advice.exit);
    this.thrown = result + kept.getSize();
    this.base = thrown + caught.getSize();
  }

  private int addLocals(AdviceMethod advice) {
    int size = 0;
    if (advice != null) {
      for (Binding each : advice.bindings) {
        if (each != null && each.kind == Binding.Kind.LOCAL && indexOfLocal(each) < 0) {
          locals.add(each);
          size += each.type.getSize();
        }
      }
    }
    return size;
  }

  private int indexOfLocal(Binding sought) {
    for (int i = 0; i < locals.size(); i++) {
      if (locals.get(i).value.equals(sought.value)) {
        return i;
      }
    }
    return -1;
  }

  /** The slot of an argument; of the next one behind them all if there is none with the number. */
  int slot(int argument) {
    int slot = isStatic ? 0 : 1;
    for (int i = 0; i < argument; i++) {
      slot += arguments[i].getSize();
    }
    return slot;
  }

  int slotOfLocal(Binding local) {
    int slot = firstLocal;
    for (int i = 0; i < indexOfLocal(local); i++) {
      slot += locals.get(i).type.getSize();
    }
    return slot;
  }

  /** Gives the shared locals their first values. */
  void clearLocals(MethodVisitor code) {
    for (Binding each : locals) {
      pushZero(each.type, code);
      code.visitVarInsn(each.type.getOpcode(Opcodes.ISTORE), slotOfLocal(each));
    }
  }

  /** Copies the arguments that the body writes to where it has its variables. */
  void copyArguments(long written, MethodVisitor code) {
    if (!isStatic && ArgumentWrites.has(written, 0)) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitVarInsn(Opcodes.ASTORE, base);
    }
    for (int i = 0; i < arguments.length; i++) {
      if (ArgumentWrites.has(written, slot(i))) {
        code.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), slot(i));
        code.visitVarInsn(arguments[i].getOpcode(Opcodes.ISTORE), base + slot(i));
      }
    }
  }

  static void pushZero(Type type, MethodVisitor code) {
    switch (type.getSort()) {
      case Type.OBJECT:
      case Type.ARRAY:
        code.visitInsn(Opcodes.ACONST_NULL);
        break;
      case Type.LONG:
        code.visitInsn(Opcodes.LCONST_0);
        break;
      case Type.FLOAT:
        code.visitInsn(Opcodes.FCONST_0);
        break;
      case Type.DOUBLE:
        code.visitInsn(Opcodes.DCONST_0);
        break;
      default:
        code.visitInsn(Opcodes.ICONST_0);
    }
  }

  /**
   * What a frame begins with, before the variables of whoever runs.
   *
   * @param entered whether the enter advice has returned
   * @param left whether the body has returned or thrown
   * @param constructing whether the object's own constructor, or that above, is not called yet
   */
  List<Object> frame(boolean entered, boolean left, boolean constructing) {
    List<Object> frame = new ArrayList<>(8);
    if (!isStatic) {
      frame.add(constructing ? Opcodes.UNINITIALIZED_THIS : self);
    }
    for (Type argument : arguments) {
      add(frame, argument, true);
    }
    add(frame, this.entered, entered);
    for (Binding each : locals) {
      add(frame, each.type, true);
    }
    add(frame, kept, left);
    add(frame, caught, left);
    return frame;
  }

  private static void add(List<Object> frame, Type type, boolean set) {
    if (set && type.getSize() > 0) {
      frame.add(inFrame(type));
    } else {
      for (int i = 0; i < type.getSize(); i++) {
        frame.add(Opcodes.TOP);
      }
    }
  }

  /** Adds what a frame of the body has, but for the arguments that stayed where they were. */
  void addBody(List<Object> frame, Object[] locals, int count, long copied) {
    int slot = 0;
    for (int i = 0; i < count; i++) {
      if (slot >= enter || ArgumentWrites.has(copied, slot)) {
        frame.add(locals[i]);
      } else {
        frame.addAll(Collections.nCopies(slots(locals[i]), Opcodes.TOP));
      }
      slot += slots(locals[i]);
    }
  }

  /** Adds what a frame of advice has behind its parameters. */
  static void addOwn(List<Object> frame, Object[] locals, int count, int parameters) {
    int slot = 0;
    for (int i = 0; i < count; i++) {
      if (slot >= parameters) {
        frame.add(locals[i]);
      }
      slot += slots(locals[i]);
    }
  }

  /** How many slots an entry of a frame stands for. */
  static int slots(Object inFrame) {
    return inFrame == Opcodes.LONG || inFrame == Opcodes.DOUBLE ? 2 : 1;
  }

  private static Object inFrame(Type type) {
    switch (type.getSort()) {
      case Type.OBJECT:
      case Type.ARRAY:
        return type.getInternalName();
      case Type.LONG:
        return Opcodes.LONG;
      case Type.FLOAT:
        return Opcodes.FLOAT;
      case Type.DOUBLE:
        return Opcodes.DOUBLE;
      default:
        return Opcodes.INTEGER;
    }
  }
}
