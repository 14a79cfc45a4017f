/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Target;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Probes the index for each class that is loaded and weaves those that a hook names.
 *
 * <p>Called by the JVM on the thread that loads the class; never throws. Cost for a class that no
 * hook names: one hash look-up, and outside the JDK a scan of the constant pool for a dozen names.
 */
public final class Transformer implements ClassFileTransformer {
  private final HookIndex index;
  private final Exclusions exclusions;
  private final WeavingReport report;
  private final Supertypes supertypes;
  private final HelperClasses helpers;
  private final ConcurrentHashMap<String, Hook> hooks = new ConcurrentHashMap<>();
  private final ThreadLocal<Boolean> weaving = new ThreadLocal<>();
  private final ClassLoader ours = Transformer.class.getClassLoader();
  private volatile Weaver weaver;

  /** Makes a transformer for the hooks of an index. */
  public Transformer(HookIndex index, Exclusions exclusions, WeavingReport report) {
    this.index = index;
    this.exclusions = exclusions;
    this.report = report;
    this.supertypes = new Supertypes(index);
    this.helpers = new HelperClasses();
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String internalName,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (internalName == null || loader == ours) {
      return null;
    }
    try {
      List<HookIndex.Entry> entries = entries(loader, internalName, redefined, classFile);
      return entries == null ? null : weave(loader, internalName, entries, classFile);
    } catch (Throwable failed) {
      report.refused(internalName, failed);
      return null;
    }
  }

  /** The hooks that weave this class, or null. */
  private List<HookIndex.Entry> entries(
      ClassLoader loader, String internalName, Class<?> redefined, byte[] classFile) {
    List<HookIndex.Entry> found = null;
    for (HookIndex.Entry entry : index.ofType(internalName)) {
      found = add(found, entry);
    }
    if (loader != null && !index.scanning().isEmpty() && index.mayBeBelow(classFile)) {
      found = addBelow(found, loader, internalName, redefined, classFile);
    }
    return found == null || exclusions.excludes(loader, internalName) ? null : found;
  }

  private List<HookIndex.Entry> addBelow(
      List<HookIndex.Entry> found,
      ClassLoader loader,
      String internalName,
      Class<?> redefined,
      byte[] classFile) {
    ClassFile file = new ClassFile(classFile);
    List<HookIndex.Entry> all = found;
    if (file.isInterface()) {
      return all;
    }
    for (HookIndex.Entry entry : index.scanning()) {
      if (entry.excepts(internalName)) {
        continue;
      }
      for (String type : entry.below.keySet()) {
        if (declares(file, entry.below.get(type))
            && !helpers.areDefined(entry.stoodInFor, loader)
            && (redefined == null
                ? supertypes.isBelow(file, loader, type)
                : Supertypes.isBelow(redefined, type.replace('/', '.')))) {
          all = add(all, entry);
          break;
        }
      }
    }
    return all;
  }

  private static List<HookIndex.Entry> add(List<HookIndex.Entry> found, HookIndex.Entry entry) {
    List<HookIndex.Entry> all = found == null ? new ArrayList<HookIndex.Entry>(2) : found;
    if (!all.contains(entry)) {
      all.add(entry);
    }
    return all;
  }

  private static boolean declares(ClassFile file, final String[] methods) {
    return file.hasMethod(
        new ClassFile.MethodTest() {
          @Override
          public boolean test(String name, String descriptor) {
            for (String method : methods) {
              int nameLength = name.length();
              if (method.startsWith(name)
                  && method.length() > nameLength
                  && method.charAt(nameLength) == '('
                  && descriptor.startsWith(method.substring(nameLength))) {
                return true;
              }
            }
            return false;
          }
        });
  }

  private byte[] weave(
      ClassLoader loader, String internalName, List<HookIndex.Entry> entries, byte[] classFile)
      throws Exception {
    if (weaving.get() != null) {
      // A class that weaving itself needs: it stays as it is, and is counted.
      report.postponed(internalName);
      return null;
    }
    weaving.set(Boolean.TRUE);
    long start = System.nanoTime();
    try {
      String className = internalName.replace('/', '.');
      List<Weaver.Match> matches = new ArrayList<>(entries.size());
      ClassFile file = new ClassFile(classFile);
      for (HookIndex.Entry entry : entries) {
        Weaver.Match match = match(hook(entry), className, loader, file);
        // Of two versions of a library each has its hook, and classes of one name.
        if (match.advises(file)) {
          if (loader != null) {
            helpers.define(match.hook, loader);
          }
          matches.add(match);
        }
      }
      if (matches.isEmpty()) {
        return null;
      }
      byte[] woven = weaver().weave(classFile, loader, matches);
      if (woven != null) {
        for (Weaver.Match match : matches) {
          report.applied(match.hook.name());
        }
        report.woven(System.nanoTime() - start);
      }
      return woven;
    } finally {
      weaving.remove();
    }
  }

  /** A hook with its targets that mean the class; no class of the boot loader is below a type. */
  private Weaver.Match match(Hook hook, String className, ClassLoader loader, ClassFile file) {
    List<Target> targets = new ArrayList<>(2);
    for (Target target : hook.targets()) {
      boolean meant =
          target.below()
              ? loader != null
                  && supertypes.isBelow(file, loader, target.typeName().replace('.', '/'))
              : target.typeName().equals(className);
      if (meant) {
        targets.add(target);
      }
    }
    return new Weaver.Match(hook, targets);
  }

  private Hook hook(HookIndex.Entry entry) throws ReflectiveOperationException {
    Hook hook = hooks.get(entry.hookClass);
    if (hook == null) {
      hook =
          (Hook) Class.forName(entry.hookClass, true, ours).getDeclaredConstructor().newInstance();
      if (!entry.named.isEmpty()) {
        hook.weave(entry.named);
      }
      hooks.put(entry.hookClass, hook);
    }
    return hook;
  }

  private Weaver weaver() {
    Weaver made = weaver;
    if (made == null) {
      synchronized (this) {
        made = weaver;
        if (made == null) {
          made = weaver = new Weaver();
        }
      }
    }
    return made;
  }

  /** The classes that were loaded before the agent and are named by a hook. */
  public List<Class<?>> loadedBefore(Instrumentation instrumentation) {
    List<Class<?>> meant = new ArrayList<>();
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (isMeant(loaded) && instrumentation.isModifiableClass(loaded)) {
        meant.add(loaded);
      }
    }
    return meant;
  }

  /**
   * Weaves loaded classes, all at once, since the JVM stops and looks through all of its classes
   * each time; if one of them cannot be woven, then one by one, so that it stops no other.
   */
  public void weave(Instrumentation instrumentation, List<Class<?>> loadedClasses) {
    if (loadedClasses.isEmpty()) {
      return;
    }
    try {
      instrumentation.retransformClasses(loadedClasses.toArray(new Class<?>[0]));
    } catch (Throwable oneFailed) {
      for (Class<?> loaded : loadedClasses) {
        try {
          instrumentation.retransformClasses(loaded);
        } catch (Throwable failed) {
          report.refused(loaded.getName(), failed);
        }
      }
    }
  }

  /** Whether a loaded class is named by a hook; asks the class only what cannot load others. */
  boolean isMeant(Class<?> loaded) {
    if (loaded.isArray() || loaded.isPrimitive() || loaded.getClassLoader() == ours) {
      return false;
    }
    String internalName = loaded.getName().replace('.', '/');
    if (index.ofType(internalName).length > 0) {
      return true;
    }
    if (loaded.getClassLoader() == null || loaded.isInterface()) {
      return false;
    }
    try {
      for (HookIndex.Entry entry : index.scanning()) {
        if (entry.excepts(internalName)) {
          continue;
        }
        for (String type : entry.below.keySet()) {
          if (Supertypes.isBelow(loaded, type.replace('/', '.'))) {
            return true;
          }
        }
      }
    } catch (LinkageError unresolvable) {
      return false;
    }
    return false;
  }
}
