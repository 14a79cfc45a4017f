/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import io.vitals.agent.Resources;
import io.vitals.bootstrap.Probe;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Inlines the advice of hooks into class files.
 *
 * <p>Only code is added, never a field or method, so that a class can be woven before or after it
 * was loaded and be restored. A throwable of advice ends in {@link Probe#failure}.
 *
 * <p>The advice is written as for Byte Buddy, with its annotations; see the module's RATIONALE for
 * why its code is not used. Thread-safe. Cost: some hundred microseconds a class once warm.
 */
final class Weaver {
  /** Without code, or made by the compiler to call one that is advised. */
  private static final int NEVER_ADVISED =
      Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE;

  /** Neither the stack's size nor its frames are computed anew: advice says what it adds. */
  private static final int NO_FLAGS = 0;

  private final ConcurrentHashMap<String, AdviceClass> advices = new ConcurrentHashMap<>();

  /** A hook and those of its targets that apply to the class at hand. */
  static final class Match {
    final Hook hook;
    private final List<Target.Advised> advised;

    Match(Hook hook, List<Target> targets) {
      this.hook = hook;
      this.advised = advised(targets);
    }

    /** Whether the class has one of the methods that are meant. */
    boolean advises(ClassFile file) {
      return file.hasMethod(
          new ClassFile.MethodTest() {
            @Override
            public boolean test(String name, String descriptor) {
              for (Target.Advised each : advised) {
                if (each.matches(name, descriptor)) {
                  return true;
                }
              }
              return false;
            }
          });
    }

    /** The advice of all targets, once where several say the same, as two types named may. */
    private static List<Target.Advised> advised(List<Target> targets) {
      List<Target.Advised> all = new ArrayList<>();
      for (Target target : targets) {
        for (Target.Advised each : target.advised()) {
          if (!holds(all, each)) {
            all.add(each);
          }
        }
      }
      return all;
    }

    private static boolean holds(List<Target.Advised> all, Target.Advised sought) {
      for (Target.Advised each : all) {
        if (each.isSameAs(sought)) {
          return true;
        }
      }
      return false;
    }
  }

  /** The class file with the advice of all matches, or null if no method was advised. */
  byte[] weave(byte[] classFile, ClassLoader loader, final List<Match> matches) {
    ClassReader read = new ClassReader(classFile);
    ArgumentWrites arguments =
        new ArgumentWrites() {
          @Override
          boolean matters(String name, String descriptor) {
            return pieces(matches, name, descriptor) > 0;
          }
        };
    read.accept(arguments, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    // With the reader's constants, so that methods that are not advised are copied as they are.
    ClassWriter written = new ClassWriter(read, NO_FLAGS);
    Advising advising = new Advising(written, new WovenType(read, loader), arguments, matches);
    read.accept(advising, ClassReader.EXPAND_FRAMES);
    return advising.advised ? written.toByteArray() : null;
  }

  /** How many pieces of advice a method gets. */
  private static int pieces(List<Match> matches, String name, String descriptor) {
    int count = 0;
    for (Match match : matches) {
      for (Target.Advised each : match.advised) {
        count += each.matches(name, descriptor) ? 1 : 0;
      }
    }
    return count;
  }

  /** Puts the advice on the methods that are meant. */
  private final class Advising extends ClassVisitor {
    private final WovenType type;
    private final ArgumentWrites arguments;
    private final List<Match> matches;
    boolean advised;

    Advising(ClassWriter written, WovenType type, ArgumentWrites arguments, List<Match> matches) {
      super(Opcodes.ASM9, written);
      this.type = type;
      this.arguments = arguments;
      this.matches = matches;
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String signature, Object value) {
      type.visitField(access, name, descriptor, signature, value);
      return super.visitField(access, name, descriptor, signature, value);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
      if ((access & NEVER_ADVISED) != 0) {
        return code;
      }
      // What advice within writes is, for the one around it, written by the body.
      long written =
          pieces(matches, name, descriptor) > 1
              ? ArgumentWrites.ALL
              : arguments.by(name, descriptor);
      MethodVisitor all = code;
      for (Match match : matches) {
        for (Target.Advised each : match.advised) {
          if (each.matches(name, descriptor)) {
            AdviceClass advice = advice(each.advice());
            String hook = match.hook.name();
            all = new AdvisedMethod(type, access, name, descriptor, advice, hook, written, all);
          }
        }
      }
      advised |= all != code;
      return all;
    }
  }

  /** The advice, read once for all classes. */
  private AdviceClass advice(String name) {
    AdviceClass known = advices.get(name);
    if (known == null) {
      try {
        known = new AdviceClass(Resources.read(name.replace('.', '/') + ".class"));
      } catch (IOException unreadable) {
        throw new IllegalStateException(unreadable.getMessage());
      }
      advices.put(name, known);
    }
    return known;
  }
}
