/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.work;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Looks names up as a thread of the application would.
 *
 * <p>From JDK 18 on an application can bring a resolver of names. The JVM looks for it once, by the
 * context class loader of the thread that looks up the first name, and ours does not see the
 * application's classes: from one of our threads the application would lose its resolver.
 */
public final class NameService {
  private NameService() {}

  /**
   * The addresses of a host.
   *
   * @throws UnknownHostException if nobody knows it
   */
  public static InetAddress[] addresses(String host) throws UnknownHostException {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      return InetAddress.getAllByName(host);
    } finally {
      thread.setContextClassLoader(own);
    }
  }

  /** Has the JVM find its resolver, where a library that we use is going to look a name up. */
  public static void settle() {
    try {
      Class.forName("java.net.spi.InetAddressResolverProvider", false, null);
      addresses("localhost");
    } catch (ClassNotFoundException older) {
      // There is none to be found.
    } catch (UnknownHostException nobody) {
      // It has been found, which was all that was asked.
    }
  }
}
