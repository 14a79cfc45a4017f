/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.IOException;
import java.util.logging.LogManager;

/** How a program talks with whoever started it. */
public final class Console {
  private Console() {}

  /** Keeps the libraries' own logging off standard error, which belongs to the agent. */
  public static void quiet() {
    LogManager.getLogManager().reset();
  }

  /** Says that the program serves on the port, and returns when standard input ends. */
  public static void serve(int port) throws IOException {
    System.out.println("ready port=" + port);
    while (System.in.read() >= 0) {
      continue;
    }
  }
}
