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
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.constant.TextConstant;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/**
 * Inlines the advice of hooks into class files; the one place that uses Byte Buddy.
 *
 * <p>Only code is added, never a field or method, so that a class can be woven before or after it
 * was loaded and be restored. A throwable of advice ends in {@link Probe#failure}.
 *
 * <p>Thread-safe. Cost: about a millisecond a class once warm; the first one loads Byte Buddy.
 */
final class Weaver {
  private final ByteBuddy byteBuddy =
      new ByteBuddy()
          .with(TypeValidation.DISABLED)
          .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
          .with(Implementation.Context.Disabled.Factory.INSTANCE);

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
    final List<Target> targets;

    Match(Hook hook, List<Target> targets) {
      this.hook = hook;
      this.targets = targets;
    }

    /** Whether the class has one of the methods that are meant. */
    boolean advises(ClassFile file) {
      final List<Target.Advised> all = advised();
      return file.hasMethod(
          new ClassFile.MethodTest() {
            @Override
            public boolean test(String name, String descriptor) {
              for (Target.Advised each : all) {
                if (each.matches(name, descriptor, false)) {
                  return true;
                }
              }
              return false;
            }
          });
    }

    /** The advice of all targets, once where several say the same, as two types named may. */
    List<Target.Advised> advised() {
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
    AsmVisitorWrapper.ForDeclaredMethods methods = new AsmVisitorWrapper.ForDeclaredMethods();
    boolean advised = false;
    for (Match match : matches) {
      for (Target.Advised each : match.advised()) {
        if (hasMethod(type, each)) {
          methods = methods.invokable(matcher(each), advice(match.hook, each.advice(), files));
          advised = true;
        }
      }
    }
    if (!advised) {
      return null;
    }
    DynamicType.Unloaded<?> woven =
        byteBuddy
            .decorate(type, files)
            .visit(methods)
            .make(TypeResolutionStrategy.Disabled.INSTANCE, types);
    return woven.getBytes();
  }

  /** The same for a class of the JDK as it lies there. */
  byte[] weaveOfJdk(String className, List<Match> matches) throws IOException {
    byte[] classFile = ClassFileLocator.ForClassLoader.ofBootLoader().locate(className).resolve();
    return weave(className, classFile, null, matches);
  }

  private static boolean hasMethod(TypeDescription type, Target.Advised advised) {
    for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
      if (matches(advised, method)) {
        return true;
      }
    }
    return false;
  }

  private static ElementMatcher<MethodDescription> matcher(final Target.Advised advised) {
    return new ElementMatcher<MethodDescription>() {
      @Override
      public boolean matches(MethodDescription method) {
        return Weaver.matches(advised, method);
      }
    };
  }

  private static boolean matches(Target.Advised advised, MethodDescription method) {
    return !method.isAbstract()
        && !method.isNative()
        && !method.isTypeInitializer()
        && advised.matches(method.getInternalName(), method.getDescriptor(), method.isBridge());
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
