/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.inmemory;

import io.vitals.benchmarks.LeastBytes;
import java.io.InputStream;
import java.net.URL;

/**
 * The program of {@link CallBudgetTest}: prints the bytes that a call of {@code HttpURLConnection}
 * allocates. Its argument says whether it has to carry a trace.
 */
final class CallBytes {
  private CallBytes() {}

  public static void main(String[] arguments) throws Exception {
    QuickSockets.install();
    URL stock = new URL("http://stock.example.com/items/17");
    QuickSockets sockets = QuickSockets.ofThisThread();
    LeastBytes.print(
        () -> {
          try (InputStream answer = stock.openConnection().getInputStream()) {
            answer.readAllBytes();
          }
        });
    String sent = sockets.lastRequest();
    boolean carried = sent.contains("\r\n" + RequestBenchmark.TRACE_PARENT + ": 00-");
    if (carried != Boolean.parseBoolean(arguments[0])) {
      throw new IllegalStateException(sent);
    }
    System.exit(0);
  }
}
