/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.Sink;
import io.vitals.bootstrap.Span;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Target;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What advice may read, write and throw, in methods of every shape. */
public class AdvisedMethodTest {
  public static final List<Object> SEEN = new ArrayList<>();

  /** Reads and keeps whatever there is. */
  public static final class Around {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static long enter(
        @Advice.Origin("#t.#m") String method,
        @Advice.Local("words") List<Object> words,
        @Advice.Local("wide") double wide) {
      SEEN.add("enter " + method.substring(method.lastIndexOf('.') + 1));
      wide = 0.5;
      for (int i = 0; i < 2; i++) {
        if (words == null) {
          words = new ArrayList<>();
        }
        words.add(i);
      }
      return 7;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter long entered,
        @Advice.Local("words") List<Object> words,
        @Advice.Local("wide") double wide,
        @Advice.Thrown Throwable thrown) {
      String end = thrown == null ? "returned" : thrown.getMessage();
      SEEN.add("exit " + entered + words + wide + " " + end);
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
              failures.add(name + ": " + failure);
            }
          });

  @AfterEach
  void restore() {
    Probe.install(before);
    SEEN.clear();
  }

  @Test
  void methodsOfAllShapes_returnAndThrowWhatTheyDidAndAdviceSeesBothEnds() throws Exception {
    Map<String, Object[]> calls =
        Map.of(
            "mixed", new Object[] {5L, "x", 0.25, 4},
            "fixed", new Object[] {12L, "y"},
            "tried", new Object[] {"x1"},
            "thrown", new Object[] {"x1"},
            "loop", new Object[] {7},
            "generic", new Object[] {"x1"},
            "nothing", new Object[0]);
    for (String method : calls.keySet()) {
      Object program = woven(method, Around.class);
      Object plain = new AdvisedProgram();
      Object[] arguments = calls.get(method);
      String expected = outcome(plain, method, arguments);
      SEEN.clear();

      assertThat(outcome(program, method, arguments)).as(method).isEqualTo(expected);
      String end = method.equals("thrown") ? "x1" : "returned";
      assertThat(SEEN).first().isEqualTo("enter " + method);
      assertThat(SEEN).last().isEqualTo("exit 7[0, 1]0.5 " + end);
    }
    assertThat(failures).isEmpty();
  }

  /** Sees the arguments as they came, whatever the body made of its parameters. */
  public static final class Arguments {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This AdvisedProgram program,
        @Advice.Argument(0) long first,
        @Advice.Argument(1) Object second,
        @Advice.Argument(2) double third,
        @Advice.Argument(3) int fourth,
        @Advice.Return double result) {
      SEEN.add(program.text() + first + second + third + fourth + " " + result);
    }
  }

  /** Of two methods with one name. */
  @Test
  void advice_runsInTheMethodsOfTheDescriptorAlone() throws Exception {
    Class<?> type = woven("<init>", "(Ljava/lang/String;)V", Constructing.class);
    Object byItself = type.getConstructor().newInstance();

    assertThat(call(byItself, "text")).isEqualTo("none+");
    assertThat(SEEN).containsExactly("none+none+");
    assertThat(type.getDeclaredMethods()).hasSameSizeAs(AdvisedProgram.class.getDeclaredMethods());
    assertThat(type.getDeclaredFields()).hasSameSizeAs(AdvisedProgram.class.getDeclaredFields());
  }

  @Test
  void exit_seesTheArgumentsThatCame() throws Exception {
    Object program = woven("mixed", Arguments.class);

    assertThat(call(program, "mixed", 5L, "x", 0.25, 4)).isEqualTo(2.25);
    assertThat(SEEN).containsExactly("none5x0.254 2.25");
  }

  /** Writes all that can be written. */
  public static final class Writing {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(value = 0, readOnly = false) Object value,
        @Advice.FieldValue(value = "taken", readOnly = false) long taken,
        @Advice.FieldValue(value = "count", readOnly = false) int count) {
      value = value + "!";
      taken = taken + count;
      count = 40;
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Return(readOnly = false) Object result,
        @Advice.FieldValue("count") int count,
        @Advice.FieldValue("inherited") String inherited) {
      result = result + "?" + count + inherited;
    }
  }

  @Test
  void arguments_fieldsAndTheResult_canBeWritten() throws Exception {
    Object program = woven("generic", Writing.class);

    assertThat(call(program, "generic", "v")).isEqualTo("v!?40inherited");
    assertThat(call(program, "taken")).isEqualTo((1L << 40) + 3);
  }

  /** Before {@code super()}. */
  public static final class Constructing {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) String text) {
      text = text == null ? "woven" : text + "+";
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This AdvisedProgram program, @Advice.FieldValue("text") String text) {
      SEEN.add(program.text() + text);
    }
  }

  @Test
  void constructors_areAdvisedBeforeAndAfter() throws Exception {
    Class<?> type = woven("<init>", "(Ljava/lang/String;)V", Constructing.class);
    Constructor<?> made = type.getConstructor(String.class);

    assertThat(call(made.newInstance("a"), "text")).isEqualTo("a+");
    assertThat(call(made.newInstance((Object) null), "text")).isEqualTo("woven");
    assertThat(SEEN).containsExactly("a+a+", "wovenwoven");
  }

  /** Expects of a library what this version does not have. */
  public static final class Mistaken {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static String enter(@Advice.Argument(0) Integer number) {
      SEEN.add("number " + number);
      return "entered";
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter String entered) {
      SEEN.add("exit " + entered);
      throw new IllegalStateException("exit");
    }
  }

  @Test
  void adviceThatFails_isCountedAndTheMethodReturns() throws Exception {
    Object program = woven("generic", Mistaken.class);

    assertThat(call(program, "generic", "text")).isEqualTo("text");
    assertThat(SEEN).containsExactly("exit null");
    assertThat(failures)
        .satisfiesExactly(
            enter -> assertThat(enter).startsWith("hook: java.lang.ClassCastException"),
            exit -> assertThat(exit).isEqualTo("hook: java.lang.IllegalStateException: exit"));
  }

  /** Asks for a field that there is not. */
  public static final class NoField {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("gone") String gone) {
      SEEN.add(gone);
    }
  }

  /** Asks for an argument that there is not. */
  public static final class NoArgument {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(4) String gone) {
      SEEN.add(gone);
    }
  }

  /** Takes a number for a text. */
  public static final class OtherType {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) int number) {
      SEEN.add(number);
    }
  }

  /** Asks for a result where there is none. */
  public static final class NoResult {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return Object result) {
      SEEN.add(result);
    }
  }

  /** Asks for the object. */
  public static final class NoThis {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object program) {
      SEEN.add(program);
    }
  }

  /** Writes what it only reads. */
  public static final class WritesReadOnly {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Object value) {
      value = "other";
      SEEN.add(value);
    }
  }

  @Test
  void whatDoesNotFit_isRefusedWithItsPlace() {
    assertThatThrownBy(() -> woven("generic", NoField.class))
        .hasMessageEndingWith("AdvisedProgram has no field gone");
    assertThatThrownBy(() -> woven("generic", NoArgument.class))
        .hasMessageContaining("AdvisedProgram.generic does not fit: there is no argument 4");
    assertThatThrownBy(() -> woven("generic", OtherType.class))
        .hasMessageEndingWith("ARGUMENT is java.lang.Object, not int");
    assertThatThrownBy(() -> woven("generic", WritesReadOnly.class))
        .hasMessageEndingWith("it writes ARGUMENT, which is not readOnly = false");
    assertThatThrownBy(() -> woven("nothing", NoResult.class))
        .hasMessageEndingWith("there is no RETURN");
    assertThatThrownBy(() -> woven("loop", NoThis.class))
        .hasMessageEndingWith("loop does not fit: the method is static");
    assertThatThrownBy(() -> woven("<init>", "(", Around.class))
        .hasMessageEndingWith("AdvisedProgram.<init>");
  }

  /** Notes its place. */
  public static final class Inner {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static int enter(@Advice.Argument(value = 0, readOnly = false) String number) {
      SEEN.add("inner " + number);
      number = "2" + number;
      return 1;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter int one,
        @Advice.Argument(0) String number,
        @Advice.Return(readOnly = false) String result) {
      SEEN.add("inner " + one + number + result);
      result = result == null ? "null" : result + ".";
    }
  }

  /** Notes its place. */
  public static final class Outer {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) String number, @Advice.Return String result) {
      SEEN.add("outer " + number + result);
    }
  }

  /** Advises one method with each. */
  private static final class ManyHook extends Hook {
    ManyHook(String method, String descriptor, Class<?>... advices) {
      super("hook");
      Target target = type(AdvisedProgram.class.getName());
      for (Class<?> advice : advices) {
        target.advise(method, descriptor, advice);
      }
    }
  }

  @Test
  void adviceUponAdvice_theFirstIsOutermost() throws Exception {
    Object program = woven("tried", Outer.class, Inner.class, Around.class);

    assertThat(call(program, "tried", "3")).isEqualTo("number 23.");
    assertThat(SEEN)
        .containsExactly(
            "inner 3",
            "enter tried",
            "finally 23",
            "exit 7[0, 1]0.5 returned",
            "inner 123number 23",
            "outer 3number 23.");
    assertThat(failures).isEmpty();
  }

  private static String outcome(Object program, String method, Object... arguments)
      throws Exception {
    try {
      return String.valueOf(call(program, method, arguments));
    } catch (IOException thrown) {
      return thrown.getMessage();
    }
  }

  private static Object call(Object program, String name, Object... arguments) throws Exception {
    for (Method method : program.getClass().getMethods()) {
      if (method.getName().equals(name)) {
        try {
          return method.invoke(program, arguments);
        } catch (InvocationTargetException failed) {
          throw (Exception) failed.getCause();
        }
      }
    }
    throw new AssertionError(name);
  }

  private static Object woven(String method, Class<?>... advices) throws Exception {
    return woven(method, "(", advices).getConstructor().newInstance();
  }

  private static Class<?> woven(String method, String descriptor, Class<?>... advices)
      throws Exception {
    String name = AdvisedProgram.class.getName();
    byte[] plain;
    try (InputStream in =
        AdvisedProgram.class
            .getClassLoader()
            .getResourceAsStream(name.replace('.', '/') + ".class")) {
      plain = in.readAllBytes();
    }
    Hook hook = new ManyHook(method, descriptor, advices);
    byte[] bytes =
        new Weaver()
            .weave(
                plain,
                AdvisedProgram.class.getClassLoader(),
                Collections.singletonList(new Weaver.Match(hook, hook.targets())));
    return new ClassLoader(AdvisedProgram.class.getClassLoader()) {
      Class<?> define() {
        return defineClass(name, bytes, 0, bytes.length);
      }
    }.define();
  }
}
