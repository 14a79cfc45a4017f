/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.Sink;
import io.vitals.bootstrap.Span;
import io.vitals.instrumentation.Hook;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Weaves a program in this JVM and looks at what it does. */
public class WeaverTest {
  public static final List<String> CALLS = new ArrayList<>();

  /** The program that is woven. */
  public static class Program {
    public String greet(String name) {
      CALLS.add("greet");
      return "hello " + name;
    }

    public String greet() {
      return "hello";
    }
  }

  /** Advises {@code greet(String)} of {@link Program}. */
  static final class GreetHook extends Hook {
    GreetHook(Class<?> advice) {
      super("greet");
      type(Program.class.getName()).advise("greet", "(Ljava/lang/String;", advice);
    }
  }

  /** Notes that it ran. */
  public static final class Noting {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) String name) {
      CALLS.add("enter " + name);
    }
  }

  /** Fails. */
  public static final class Failing {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      throw new IllegalStateException("advice is broken");
    }
  }

  private final List<String> failures = new ArrayList<>();
  private final Sink before =
      Probe.install(
          new Sink() {
            @Override
            public void offer(Span newest) {}

            @Override
            public void failure(String name, Throwable failure) {
              failures.add(name + ": " + failure.getMessage());
            }
          });

  @AfterEach
  void restore() {
    Probe.install(before);
    CALLS.clear();
  }

  @Test
  void advice_runsInTheMethodsOfTheDescriptorAlone() throws Exception {
    Object program = woven(Noting.class);

    assertThat(call(program, "Ann")).isEqualTo("hello Ann");
    assertThat(program.getClass().getMethod("greet").invoke(program)).isEqualTo("hello");
    assertThat(CALLS).containsExactly("enter Ann", "greet");
  }

  @Test
  void failureOfAdvice_isCountedAndKeptFromTheApplication() throws Exception {
    Object program = woven(Failing.class);

    assertThat(call(program, "Ann")).isEqualTo("hello Ann");
    assertThat(failures).containsExactly("greet: advice is broken");
  }

  @Test
  void weaving_addsNoMember() throws Exception {
    Class<?> woven = woven(Noting.class).getClass();

    assertThat(woven.getDeclaredMethods()).hasSize(Program.class.getDeclaredMethods().length);
    assertThat(woven.getDeclaredFields()).hasSize(Program.class.getDeclaredFields().length);
  }

  private static Object call(Object program, String name) throws Exception {
    return program.getClass().getMethod("greet", String.class).invoke(program, name);
  }

  private static Object woven(Class<?> advice) throws Exception {
    Hook hook = new GreetHook(advice);
    String name = Program.class.getName();
    byte[] plain;
    try (InputStream in =
        Program.class.getClassLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
      plain = in.readAllBytes();
    }
    byte[] bytes =
        new Weaver()
            .weave(
                plain,
                Program.class.getClassLoader(),
                Collections.singletonList(new Weaver.Match(hook, hook.targets())));
    ClassLoader loader =
        new ClassLoader(Program.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String className, boolean resolve)
              throws ClassNotFoundException {
            return className.equals(name)
                ? defineClass(className, bytes, 0, bytes.length)
                : super.loadClass(className, resolve);
          }
        };
    return loader.loadClass(name).getConstructor().newInstance();
  }
}
