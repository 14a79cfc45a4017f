/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.modular;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Asks for a page in a task, with what {@code java.base} has, and ends with standard input. */
public final class BareCaller {
  private BareCaller() {}

  public static void main(String[] arguments) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(1);
    System.out.println("status " + threads.submit(() -> ask(new URL(arguments[0]))).get());
    threads.shutdown();
    while (System.in.read() >= 0) {
      continue;
    }
    System.exit(3);
  }

  private static int ask(URL url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    int status = connection.getResponseCode();
    connection.disconnect();
    return status;
  }
}
