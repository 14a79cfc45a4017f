/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.benchmarks.LeastBytes;

/**
 * The program of {@link BudgetTest}: prints the bytes that a request allocates on its thread.
 *
 * <p>Arguments: statements a request, whether it has to be woven, and whether its caller has an
 * unsampled trace.
 */
final class RequestBytes {
  private RequestBytes() {}

  public static void main(String[] arguments) throws Exception {
    ShopWork work = new ShopWork(Integer.parseInt(arguments[0]));
    try (SocketlessTomcat tomcat = new SocketlessTomcat(work)) {
      work.verify(tomcat, Boolean.parseBoolean(arguments[1]));
      if (Boolean.parseBoolean(arguments[2])) {
        tomcat.continueTrace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");
      }
      LeastBytes.print(tomcat::serve);
    }
    System.exit(0);
  }
}
