/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.peer.Receiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The process behind the shop: the receiver of what agents send, and the stock that the shop asks.
 *
 * <p>The stock is a bare socket that gives one answer, so that it costs the machine little.
 */
final class Backend {
  private static final byte[] IN_STOCK =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n42"
          .getBytes(StandardCharsets.US_ASCII);

  private Backend() {}

  /**
   * Tells a receiver's and the stock's URL, and for each line on standard input the URL of another
   * receiver; ends with its standard input.
   */
  public static void main(String[] arguments) throws IOException {
    try (Receiver receiver = Receiver.start();
        ServerSocket stock = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      daemon(() -> accept(stock));
      System.out.println(
          Child.ANSWER
              + receiver.endpoint()
              + " http://127.0.0.1:"
              + stock.getLocalPort()
              + "/stock");
      BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
      while (in.readLine() != null) {
        // It ends with this process.
        System.out.println(Child.ANSWER + Receiver.start().endpoint());
      }
    }
  }

  private static void accept(ServerSocket stock) {
    try {
      while (true) {
        Socket socket = stock.accept();
        socket.setTcpNoDelay(true);
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The process ends.
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] buffer = new byte[8192];
      int filled = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer, filled, 8192 - filled)) {
        filled += read;
        if (endsRequest(buffer, filled)) {
          out.write(IN_STOCK);
          filled = 0;
        }
      }
    } catch (IOException closed) {
      // The shop ended.
    }
  }

  /** A GET has no body, and the shop waits for the answer before it asks again. */
  private static boolean endsRequest(byte[] buffer, int filled) {
    return filled >= 4
        && buffer[filled - 4] == '\r'
        && buffer[filled - 3] == '\n'
        && buffer[filled - 2] == '\r'
        && buffer[filled - 1] == '\n';
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "stock");
    thread.setDaemon(true);
    thread.start();
  }
}
