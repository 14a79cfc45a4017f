/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.host;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls what may never return, on a thread of its own, and waits no longer than it has to. */
final class Bounded {
  private Bounded() {}

  /**
   * Calls and waits.
   *
   * @throws TimeoutException if there is no answer in time; the call is interrupted and left alone
   * @throws Throwable what the call throws
   */
  static <T> T call(String name, ClassLoader context, long millis, Callable<T> call)
      throws Throwable {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "vitals-extension-" + name);
    thread.setDaemon(true);
    thread.setContextClassLoader(context);
    thread.start();
    try {
      return task.get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException thrown) {
      throw thrown.getCause();
    } catch (TimeoutException late) {
      task.cancel(true);
      throw new TimeoutException("no answer within " + millis + " ms");
    }
  }
}
