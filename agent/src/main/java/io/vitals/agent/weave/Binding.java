/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** What of the advised method a parameter of advice stands for; read from its annotation. */
final class Binding extends AnnotationVisitor {
  /** The annotations that are understood, by their names. */
  enum Kind {
    THIS,
    ARGUMENT,
    FIELDVALUE,
    RETURN,
    THROWN,
    ENTER,
    LOCAL,
    ORIGIN
  }

  final Kind kind;

  /** As the advice declares it. */
  final Type type;

  /** The number of an argument, the name of a field or local, or the pattern of an origin. */
  Object value = "";

  boolean readOnly = true;

  Binding(String annotation, Type type) {
    super(Opcodes.ASM9);
    this.kind = Kind.valueOf(annotation.toUpperCase(java.util.Locale.ROOT));
    this.type = type;
  }

  @Override
  public void visit(String name, Object given) {
    if (name.equals("value")) {
      value = given;
    } else if (name.equals("readOnly")) {
      readOnly = (Boolean) given;
    } else {
      throw new IllegalStateException("advice has " + name + ", which weaving does not know");
    }
  }

  /** How it is typed says nothing more: what differs is cast. */
  @Override
  public void visitEnum(String name, String enumeration, String given) {}
}
