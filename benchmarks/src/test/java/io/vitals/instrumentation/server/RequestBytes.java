/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The program of {@link BudgetTest}: prints the bytes that a request allocates on its thread.
 *
 * <p>Arguments: statements a request, whether it has to be woven, and whether its caller has an
 * unsampled trace.
 */
final class RequestBytes {
  /** A tenth of the agent's queue, so that the request's thread is never asked to help. */
  private static final int BATCH = 200;

  /** Every cache is filled and every class loaded by then; what is left is each request's. */
  private static final int BATCHES = 60;

  /** The drain thread's rest, so that each batch finds an empty queue. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private RequestBytes() {}

  public static void main(String[] arguments) throws Exception {
    ShopWork work = new ShopWork(Integer.parseInt(arguments[0]));
    try (SocketlessTomcat tomcat = new SocketlessTomcat(work)) {
      work.verify(tomcat, Boolean.parseBoolean(arguments[1]));
      if (Boolean.parseBoolean(arguments[2])) {
        tomcat.continueTrace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");
      }
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long self = Thread.currentThread().getId();
      long least = Long.MAX_VALUE;
      for (int batch = 0; batch < BATCHES; batch++) {
        long before = threads.getThreadAllocatedBytes(self);
        for (int i = 0; i < BATCH; i++) {
          tomcat.serve();
        }
        least = Math.min(least, (threads.getThreadAllocatedBytes(self) - before) / BATCH);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      System.out.println("bytes=" + least);
    }
    System.exit(0);
  }
}
