/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.db;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Target;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;

/** Loads the classes of some packages anew, with the advice of a hook inlined. */
public final class WovenLoader extends ClassLoader {
  private final Hook hook;
  private final String[] packages;
  private final ClassFileLocator files = ClassFileLocator.ForClassLoader.of(getParent());
  private final TypePool types = TypePool.Default.of(files);

  /** Names of the classes that got advice. */
  public final List<String> woven = new ArrayList<>();

  public WovenLoader(Hook hook, String... packages) {
    super(WovenLoader.class.getClassLoader());
    this.hook = hook;
    this.packages = packages;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      for (String each : packages) {
        if (name.startsWith(each)) {
          byte[] bytes = bytes(name);
          return defineClass(name, bytes, 0, bytes.length);
        }
      }
      return super.loadClass(name, resolve);
    }
  }

  private byte[] bytes(String name) throws ClassNotFoundException {
    TypeDescription type = types.describe(name).resolve();
    AsmVisitorWrapper.ForDeclaredMethods methods = new AsmVisitorWrapper.ForDeclaredMethods();
    boolean any = false;
    for (Target target : hook.targets()) {
      TypeDescription above =
          types.describe(target.typeName()).isResolved()
              ? types.describe(target.typeName()).resolve()
              : null;
      boolean isAbove = type.isInterface() && target.below();
      if (isAbove || above == null || !type.isAssignableTo(above)) {
        continue;
      }
      for (Target.Advised each : target.advised()) {
        ElementMatcher<MethodDescription> meant = method -> meant(each, method);
        any |= type.getDeclaredMethods().stream().anyMatch(method -> meant(each, method));
        methods =
            methods.invokable(meant, Advice.to(types.describe(each.advice()).resolve(), files));
      }
    }
    if (any) {
      woven.add(name);
      return new ByteBuddy()
          .with(TypeValidation.DISABLED)
          .with(Implementation.Context.Disabled.Factory.INSTANCE)
          .decorate(type, files)
          .visit(methods)
          .make(types)
          .getBytes();
    }
    try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (file == null) {
        throw new ClassNotFoundException(name);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static boolean meant(Target.Advised advised, MethodDescription method) {
    return !method.isAbstract()
        && !method.isNative()
        && !method.isTypeInitializer()
        && !method.isBridge()
        && advised.matches(method.getInternalName(), method.getDescriptor());
  }
}
