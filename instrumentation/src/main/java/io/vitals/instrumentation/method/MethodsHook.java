/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.method;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.MethodCall;
import io.vitals.bootstrap.MethodSpan;
import io.vitals.bootstrap.Probe;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import io.vitals.instrumentation.Target;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import net.bytebuddy.asm.Advice;

/**
 * Makes a span of each call of the methods that the configuration names, in the types named and in
 * those below them.
 */
@Supported(
    library =
        "methods that `otel.instrumentation.methods.include` names, "
            + "`com.example.Orders[place,cancel];com.example.Stock[reserve]`",
    tested = "class files of Java 1.1 to 26",
    gives =
        "an INTERNAL span for each call, in the types named and those below "
            + "them; one that returns a `CompletionStage` ends when that is complete")
public final class MethodsHook extends Hook {
  /** Results that are complete later; by what the method declares, as in the reference. */
  private static final List<String> STAGES =
      Arrays.asList(
          "Ljava/util/concurrent/CompletionStage;", "Ljava/util/concurrent/CompletableFuture;");

  /** Declares the hook. */
  public MethodsHook() {
    super("methods");
    methodsNamedBy("otel.instrumentation.methods.include");
  }

  @Override
  protected void advise(Target target, String method) {
    if (method.equals("<init>")) {
      target.advise(method, "(", Construction.class);
    } else {
      target.adviseByResult(method, STAGES, StageCall.class, Call.class);
    }
  }

  /** A call that ends when the method returns. */
  static final class Call {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static MethodSpan enter(
        @Advice.Origin("#t.#m") String method, @Advice.Local("current") Current current) {
      current = Current.get();
      return Probe.startMethod(current, method);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter MethodSpan span,
        @Advice.Local("current") Current current,
        @Advice.Thrown Throwable thrown) {
      MethodCall.end(current, span, thrown);
    }
  }

  /** A call that ends when what it returns is complete. */
  static final class StageCall {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static MethodSpan enter(
        @Advice.Origin("#t.#m") String method, @Advice.Local("current") Current current) {
      current = Current.get();
      return Probe.startMethod(current, method);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter MethodSpan span,
        @Advice.Local("current") Current current,
        @Advice.Return CompletionStage<?> returned,
        @Advice.Thrown Throwable thrown) {
      MethodCall.end(current, span, returned, thrown);
    }
  }

  /** A constructor, whose span is made when it has returned. */
  static final class Construction {
    @Advice.OnMethodEnter
    static long enter() {
      return System.nanoTime();
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Origin("#t.#m") String method, @Advice.Enter long startNanos) {
      MethodCall.constructed(startNanos, method);
    }
  }
}
