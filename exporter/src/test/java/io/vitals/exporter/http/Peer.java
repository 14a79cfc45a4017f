/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A peer on the loopback that answers with bytes as they are told, the last ones again and again.
 */
final class Peer implements AutoCloseable {
  /** At the end of an answer: the connection ends with it. */
  static final String END = "\0";

  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final String[] answers;
  private final AtomicInteger answered = new AtomicInteger();
  private volatile Socket last;

  Peer(String... answers) throws IOException {
    this.answers = answers;
    Thread thread = new Thread(this::accept, "peer");
    thread.setDaemon(true);
    thread.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/v1/traces";
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        last = socket;
        connections.incrementAndGet();
        serve(socket);
      } catch (IOException ended) {
        // The client has left, or the test is over.
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    InputStream input = new BufferedInputStream(socket.getInputStream());
    while (true) {
      requests.add(request(input));
      String answer = answers[Math.min(answered.getAndIncrement(), answers.length - 1)];
      boolean end = answer.endsWith(END);
      String text = end ? answer.substring(0, answer.length() - END.length()) : answer;
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      if (end) {
        return;
      }
    }
  }

  private static Request request(InputStream input) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) next(input));
    }
    Matcher length = LENGTH.matcher(head);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int left = length.find() ? Integer.parseInt(length.group(1)) : 0; left > 0; left--) {
      body.write(next(input));
    }
    return new Request(head.toString(), body.toByteArray());
  }

  private static int next(InputStream input) throws IOException {
    int b = input.read();
    if (b < 0) {
      throw new EOFException();
    }
    return b;
  }

  @Override
  public void close() throws IOException {
    server.close();
    Socket socket = last;
    if (socket != null) {
      socket.close();
    }
  }

  /** One that arrived whole. */
  static final class Request {
    final String head;
    final byte[] body;

    Request(String head, byte[] body) {
      this.head = head;
      this.body = body;
    }
  }
}
