/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Treats who calls it badly: {@code /dropped} closes the connection, {@code /half} after half of
 * the answer's body, and everything else is never answered.
 */
final class BrokenPeer implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ServerSocket socket;

  BrokenPeer() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (closed.getCount() > 0) {
      try {
        Socket caller = socket.accept();
        threads.execute(() -> treat(caller));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void treat(Socket caller) {
    try (caller) {
      BufferedReader request =
          new BufferedReader(
              new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
      String first = request.readLine();
      for (String line = first; line != null && !line.isEmpty(); line = request.readLine()) {
        continue;
      }
      if (first == null || first.contains(" /dropped ")) {
        return;
      }
      if (first.contains(" /half ")) {
        String half = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nhalf";
        caller.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
        return;
      }
      closed.await();
    } catch (IOException gone) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
    threads.shutdownNow();
  }
}
