/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import io.vitals.bootstrap.Probe;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeInitializer;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.auxiliary.AuxiliaryType;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.constant.TextConstant;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Inlines the advice of hooks into class files; the one place that uses Byte Buddy.
 *
 * <p>Only code is added, never a field or method, so that a class can be woven before or after it
 * was loaded and be restored. A throwable of advice ends in {@link Probe#failure}.
 *
 * <p>Thread-safe. Cost: about a millisecond a class once warm; the first one loads Byte Buddy.
 */
final class Weaver {
  /** Without code, or made by the compiler to call one that is advised. */
  private static final int NEVER_ADVISED =
      Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE;

  /** Neither the stack's size nor its frames are computed anew: advice says what it adds. */
  private static final int NO_FLAGS = 0;

  /** No class is made beside the one that is woven. */
  private static final AuxiliaryType.NamingStrategy NO_TYPES = null;

  /** The agent's loader finds its own files only; those of the JDK come from the one above. */
  private final ClassFileLocator adviceFiles =
      new ClassFileLocator.Compound(
          ClassFileLocator.ForClassLoader.of(Weaver.class.getClassLoader()),
          ClassFileLocator.ForClassLoader.of(Weaver.class.getClassLoader().getParent()));

  private final ConcurrentHashMap<String, Advice> advices = new ConcurrentHashMap<>();

  private final MethodDescription.InDefinedShape failure =
      TypeDescription.ForLoadedType.of(Probe.class)
          .getDeclaredMethods()
          .filter(ElementMatchers.named("failure"))
          .getOnly();

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
  byte[] weave(String className, byte[] classFile, ClassLoader loader, List<Match> matches) {
    ClassFileLocator files =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(className, classFile),
            loader == null
                ? ClassFileLocator.ForClassLoader.ofBootLoader()
                : ClassFileLocator.ForClassLoader.of(loader));
    TypePool types =
        new TypePool.Default.WithLazyResolution(
            TypePool.CacheProvider.Simple.withObjectType(),
            files,
            TypePool.Default.ReaderMode.FAST);
    TypeDescription type = types.describe(className).resolve();
    ClassReader read = OpenedClassReader.of(classFile);
    // With the reader's constants, so that methods that are not advised are copied as they are.
    ClassWriter written = new ClassWriter(read, NO_FLAGS);
    Advising advising = new Advising(written, type, types, matches, files);
    read.accept(advising, NO_FLAGS);
    return advising.advised ? written.toByteArray() : null;
  }

  /** The same for a class of the JDK as it lies there. */
  byte[] weaveOfJdk(String className, List<Match> matches) throws IOException {
    byte[] classFile = ClassFileLocator.ForClassLoader.ofBootLoader().locate(className).resolve();
    return weave(className, classFile, null, matches);
  }

  /**
   * Puts the advice on the methods that are meant.
   *
   * <p>Byte Buddy's own builder would do it too, and first describe every method with all its
   * types: tens of milliseconds of a server's start.
   */
  private final class Advising extends ClassVisitor {
    private final TypeDescription type;
    private final TypePool types;
    private final List<Match> matches;
    private final ClassFileLocator files;
    private Implementation.Context context;
    boolean advised;

    Advising(
        ClassWriter written,
        TypeDescription type,
        TypePool types,
        List<Match> matches,
        ClassFileLocator files) {
      super(OpenedClassReader.ASM_API, written);
      this.type = type;
      this.types = types;
      this.matches = matches;
      this.files = files;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String superName,
        String[] interfaces) {
      ClassFileVersion ofFile = ClassFileVersion.ofMinorMajor(version);
      context =
          Implementation.Context.Disabled.Factory.INSTANCE.make(
              type,
              NO_TYPES,
              TypeInitializer.None.INSTANCE,
              ofFile,
              ofFile,
              ofFile.isAtLeast(ClassFileVersion.JAVA_V6)
                  ? Implementation.Context.FrameGeneration.GENERATE
                  : Implementation.Context.FrameGeneration.DISABLED);
      super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
      if ((access & NEVER_ADVISED) != 0) {
        return code;
      }
      for (Match match : matches) {
        for (Target.Advised each : match.advised) {
          if (each.matches(name, descriptor)) {
            code = advised(advice(match.hook, each.advice(), files), name, descriptor, code);
          }
        }
      }
      return code;
    }

    private MethodVisitor advised(
        Advice advice, String name, String descriptor, MethodVisitor code) {
      advised = true;
      for (MethodDescription method : type.getDeclaredMethods()) {
        if (method.getInternalName().equals(name) && method.getDescriptor().equals(descriptor)) {
          return advice.wrap(type, method, code, context, types, NO_FLAGS, NO_FLAGS);
        }
      }
      throw new IllegalStateException("no description of " + name + descriptor);
    }
  }

  /**
   * The types that advice names: ours, the JDK's, the bridge's, then those of the library, which
   * only the loader of the woven class knows. Made anew for each class, so that nothing here holds
   * an application's loader; lazy, so that a type is only read if its hierarchy matters.
   */
  private TypePool adviceTypes(ClassFileLocator library) {
    return new TypePool.Default.WithLazyResolution(
        TypePool.CacheProvider.Simple.withObjectType(),
        new ClassFileLocator.Compound(adviceFiles, library),
        TypePool.Default.ReaderMode.FAST,
        new LoadedTypes());
  }

  /**
   * The advice, ready to be inlined. That is a third of what weaving costs; so it is kept, if it is
   * the same for all loaders: advice that names a library's types has helpers beside it.
   */
  private Advice advice(Hook hook, String name, ClassFileLocator library) {
    if (!hook.helpers().isEmpty()) {
      return make(hook, name, library);
    }
    Advice made = advices.get(name);
    if (made == null) {
      made = make(hook, name, ClassFileLocator.NoOp.INSTANCE);
      advices.put(name, made);
    }
    return made;
  }

  private Advice make(Hook hook, String name, ClassFileLocator library) {
    return Advice.withCustomMapping()
        .to(adviceTypes(library).describe(name).resolve(), adviceFiles)
        .withExceptionHandler(new Advice.ExceptionHandler.Simple(countFailure(hook.name())));
  }

  /** With the throwable on the stack: {@code Probe.failure(throwable, hookName)}. */
  private StackManipulation countFailure(String hookName) {
    return new StackManipulation.Compound(
        new TextConstant(hookName), MethodInvocation.invoke(failure));
  }
}
