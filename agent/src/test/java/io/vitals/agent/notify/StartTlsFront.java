/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Speaks STARTTLS before an SMTP server that does not, and passes on what comes after. */
final class StartTlsFront implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final SSLContext context;
  private final int behind;

  StartTlsFront(Path keys, String password, int behind) throws Exception {
    this.behind = behind;
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, password.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password.toCharArray());
    context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "starttls-front");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        daemon(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket target = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      say(client.getOutputStream(), "220 front");
      while (!line(client.getInputStream()).startsWith("STARTTLS")) {
        say(client.getOutputStream(), "250-front\r\n250 STARTTLS");
      }
      say(client.getOutputStream(), "220 go");
      SSLSocket secure =
          (SSLSocket) context.getSocketFactory().createSocket(client, "localhost", 0, true);
      secure.setUseClientMode(false);
      secure.startHandshake();
      line(target.getInputStream());
      InputStream fromTarget = target.getInputStream();
      OutputStream toClient = secure.getOutputStream();
      daemon(() -> pass(fromTarget, toClient));
      pass(secure.getInputStream(), target.getOutputStream());
    } catch (IOException over) {
      // The client did not trust us, or has gone.
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("ended after " + line);
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private static void pass(InputStream in, OutputStream out) {
    try {
      byte[] buffer = new byte[4096];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException over) {
      // One side has gone.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
