/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that answers each connection with the same bytes, or resets it if there are none. */
final class RudeBackend implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final String answer;

  RudeBackend(String answer) throws IOException {
    this.answer = answer;
    Thread thread = new Thread(this::serve, "rude backend");
    thread.setDaemon(true);
    thread.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read();
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        if (answer.isEmpty()) {
          socket.setSoLinger(true, 0);
        } else {
          // What the client still sends is read, or its end would be a reset, too.
          socket.shutdownOutput();
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
      } catch (IOException closed) {
        // The test has ended, or the client has gone first.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
