/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.inmemory;

import io.vitals.benchmarks.LeastBytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
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
    LeastBytes.print(() -> answered(stock));
    String header = answered(stock).getRequestProperty(RequestBenchmark.TRACE_PARENT);
    String sent = sockets.lastRequest();
    // A retry or a redirect of the JDK's finds the header where it looks for it.
    boolean carried = header != null && sent.contains("\r\ntraceparent: " + header + "\r\n");
    if (carried != Boolean.parseBoolean(arguments[0])
        || !sent.startsWith("GET /items/17 HTTP/1.1\r\n")
        || sent.split("GET ").length != 2
        || !sent.contains("\r\nHost: stock.example.com\r\n")
        || !sent.endsWith("\r\n\r\n")) {
      throw new IllegalStateException(header + " in " + sent);
    }
    System.exit(0);
  }

  private static HttpURLConnection answered(URL url) throws IOException {
    HttpURLConnection call = (HttpURLConnection) url.openConnection();
    try (InputStream answer = call.getInputStream()) {
      answer.readAllBytes();
    }
    return call;
  }
}
