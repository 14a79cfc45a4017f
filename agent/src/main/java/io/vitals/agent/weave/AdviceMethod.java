/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** A method of advice: what its annotations say, and how much room its code needs. */
final class AdviceMethod extends MethodVisitor {
  /** What the names of the annotations begin with, in class files. */
  private static final String ANNOTATION = "Lnet/bytebuddy/asm/Advice$";

  final String name;
  final String descriptor;
  final Type returned;

  /** By the slot that the parameter has; null for the second half of a long or double. */
  final Binding[] bindings;

  private final Type[] parameters;
  private final AdviceClass owner;

  /** Where it runs; neither for a method that is no advice. */
  boolean enters;

  boolean exits;

  /** Whether it also runs when the method throws. */
  boolean onThrowable;

  /** Whether what it throws itself ends in the probe. */
  boolean suppressed;

  int maxStack;
  int maxLocals;

  AdviceMethod(String name, String descriptor, AdviceClass owner) {
    super(Opcodes.ASM9);
    this.owner = owner;
    this.name = name;
    this.descriptor = descriptor;
    this.returned = Type.getReturnType(descriptor);
    this.parameters = Type.getArgumentTypes(descriptor);
    this.bindings = new Binding[slot(parameters.length)];
  }

  @Override
  public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
    boolean ofEnter = annotation.equals(ANNOTATION + "OnMethodEnter;");
    boolean ofExit = annotation.equals(ANNOTATION + "OnMethodExit;");
    enters |= ofEnter;
    exits |= ofExit;
    return ofEnter || ofExit ? new When() : null;
  }

  /** Which throwables are meant: all of them, or none. */
  private final class When extends AnnotationVisitor {
    When() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(String key, Object value) {
      boolean all = Type.getType(Throwable.class).equals(value);
      if (key.equals("suppress") && all) {
        suppressed = true;
      } else if (key.equals("onThrowable") && all) {
        onThrowable = true;
      } else {
        throw new IllegalStateException(
            "advice has " + key + " = " + value + ", which weaving does not know");
      }
    }
  }

  @Override
  public AnnotationVisitor visitParameterAnnotation(
      int parameter, String annotation, boolean visible) {
    if (!annotation.startsWith(ANNOTATION)) {
      return null;
    }
    String kind = annotation.substring(ANNOTATION.length(), annotation.length() - 1);
    return bindings[slot(parameter)] = new Binding(kind, parameters[parameter]);
  }

  private int slot(int parameter) {
    int slot = 0;
    for (int i = 0; i < parameter; i++) {
      slot += parameters[i].getSize();
    }
    return slot;
  }

  @Override
  public void visitMaxs(int stack, int locals) {
    maxStack = stack;
    maxLocals = locals;
  }

  @Override
  public void visitEnd() {
    owner.take(this);
  }
}
