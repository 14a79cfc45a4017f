/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every method of some libraries with advice in front, behind and around it is accepted by the
 * JVM's verifier: of several compilers, in class files with frames and, of Java 5, without.
 */
class EveryMethodTest {
  /** Has loops and handlers of its own, and variables of two sizes. */
  static final class Before {
    @Advice.OnMethodEnter
    static long enter(@Advice.Origin("#t.#m") String method) {
      long sum = 0;
      for (int i = 0; i < method.length(); i++) {
        sum += method.charAt(i);
      }
      return sum;
    }
  }

  /** The same behind the method. */
  static final class After {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Origin("#t.#m") String method) {
      double half = 0.5;
      Object found = null;
      for (int i = 0; i < method.length(); i++) {
        try {
          found = method.charAt(i) > half ? method : Integer.valueOf(i);
        } catch (RuntimeException failed) {
          found = failed;
        }
      }
      System.setProperty("found", String.valueOf(found));
    }
  }

  /** In front of the method and behind it, also when it throws. */
  static final class Around {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static double enter(@Advice.Local("methods") List<Object> methods) {
      for (int i = 0; i < 2; i++) {
        if (methods == null) {
          methods = new ArrayList<>();
        }
        methods.add(i);
      }
      return 0.5;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter double entered,
        @Advice.Local("methods") List<Object> methods,
        @Advice.Thrown Throwable thrown) {
      methods.add(thrown == null ? entered : thrown);
    }
  }

  private static final List<AdviceClass> ADVICE = new ArrayList<>();

  static {
    for (Class<?> each : List.of(Around.class, After.class, Before.class)) {
      ADVICE.add(new AdviceClass(classFile(each)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kotlin-stdlib", "okhttp-jvm", "byte-buddy", "assertj-core", "archunit"})
  void methodsOfAJar_withThreePiecesOfAdvice_areVerified(String jar) throws Exception {
    verify(jar, ADVICE);
  }

  /** One alone leaves arguments where they are, if the method does not write them. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void methodsOfAJar_withOnePieceOfAdvice_areVerified(int piece) throws Exception {
    for (String jar : List.of("kotlin-stdlib", "byte-buddy", "archunit")) {
      verify(jar, ADVICE.subList(piece, piece + 1));
    }
  }

  private static void verify(String jar, List<AdviceClass> advice) throws Exception {
    TreeMap<String, byte[]> woven = new TreeMap<>();
    int methods = 0;
    try (JarFile file = new JarFile(onClassPath(jar))) {
      for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
        String name = entry.getName();
        if (name.endsWith(".class") && !name.startsWith("META-INF") && !name.contains("-info")) {
          Weaving weaving = new Weaving(file.getInputStream(entry).readAllBytes(), advice);
          woven.put(name.replace('/', '.').substring(0, name.length() - 6), weaving.woven());
          methods += weaving.methods;
        }
      }
    }
    WovenJar loader = new WovenJar(woven);
    List<String> refused = new ArrayList<>();
    int linked = 0;
    int declared = 0;
    for (String name : woven.keySet()) {
      try {
        // The JVM verifies a class before it tells its methods.
        declared += Class.forName(name, false, loader).getDeclaredMethods().length;
        linked++;
      } catch (VerifyError | ClassFormatError failed) {
        refused.add(name + ": " + failed.getMessage());
      } catch (LinkageError optionalDependency) {
        // Without the agent it cannot be used here either.
      }
    }
    System.out.printf("%s: %d of %d methods, %d classes%n", jar, declared, methods, linked);
    assertThat(refused).isEmpty();
    assertThat(linked).isGreaterThan(woven.size() * 8 / 10);
  }

  private static String onClassPath(String jar) {
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (element.contains(jar + "-") && element.endsWith(".jar")) {
        return element;
      }
    }
    throw new AssertionError(jar + " is not on the class path");
  }

  private static byte[] classFile(Class<?> type) {
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  /** Puts all advice that a method can have on every method of a class. */
  private static final class Weaving {
    private final ClassReader read;
    private final ClassWriter written;
    private final WovenType type;
    private final List<AdviceClass> advice;
    private final ArgumentWrites arguments =
        new ArgumentWrites() {
          @Override
          boolean matters(String name, String descriptor) {
            return true;
          }
        };
    private int methods;

    Weaving(byte[] classFile, List<AdviceClass> advice) {
      this.advice = advice;
      read = new ClassReader(classFile);
      read.accept(arguments, ClassReader.SKIP_DEBUG);
      written = new ClassWriter(read, 0);
      type = new WovenType(read, null);
    }

    byte[] woven() {
      read.accept(
          new ClassVisitor(Opcodes.ASM9, written) {
            @Override
            public MethodVisitor visitMethod(
                int access, String name, String descriptor, String generic, String[] exceptions) {
              MethodVisitor code = super.visitMethod(access, name, descriptor, generic, exceptions);
              return (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0
                  ? code
                  : advised(access, name, descriptor, code);
            }
          },
          ClassReader.EXPAND_FRAMES);
      return written.toByteArray();
    }

    private MethodVisitor advised(int access, String name, String descriptor, MethodVisitor code) {
      methods++;
      MethodVisitor all = code;
      long written = advice.size() > 1 ? ArgumentWrites.ALL : arguments.by(name, descriptor);
      for (AdviceClass each : advice) {
        if (!name.equals("<init>") || each.exit == null || !each.exit.onThrowable) {
          all = new AdvisedMethod(type, access, name, descriptor, each, "hook", written, all);
        }
      }
      return all;
    }
  }

  /** Has the woven classes instead of those of the class path. */
  private static final class WovenJar extends ClassLoader {
    private final TreeMap<String, byte[]> woven;

    WovenJar(TreeMap<String, byte[]> woven) {
      super(EveryMethodTest.class.getClassLoader());
      this.woven = woven;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      byte[] bytes = woven.get(name);
      if (bytes == null) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
    }
  }
}
