/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * Asks its own Tomcat for a page as often as each line of standard input says, as fast as that
 * goes: requests are written a hundred at once to connections that stay open.
 */
public final class TomcatRush extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final int CONNECTIONS = 4;
  private static final int AT_ONCE = 100;

  /** The last bytes of an answer: the body. */
  private static final byte[] END = "\r\n\r\nserved!".getBytes(StandardCharsets.US_ASCII);

  private TomcatRush() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("rush").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "rush", new TomcatRush());
    context.addServletMappingDecoded("/rush", "rush");
    tomcat.start();
    int port = tomcat.getConnector().getLocalPort();
    System.out.println("ready port=" + port);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      rush(port, Integer.parseInt(line));
    }
    tomcat.stop();
    tomcat.destroy();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = "served!".getBytes(StandardCharsets.US_ASCII);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static void rush(int port, int requests) throws InterruptedException {
    int[] served = new int[CONNECTIONS];
    Thread[] threads = new Thread[CONNECTIONS];
    for (int i = 0; i < threads.length; i++) {
      int index = i;
      threads[i] = new Thread(() -> served[index] = ask(port, requests / CONNECTIONS));
      threads[i].start();
    }
    int all = 0;
    for (int i = 0; i < threads.length; i++) {
      threads[i].join();
      all += served[i];
    }
    System.out.println("served " + all);
  }

  /** Asks so often over one connection, and returns how often it was answered. */
  private static int ask(int port, int times) {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < AT_ONCE; i++) {
      requests.append("GET /rush HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    byte[] batch = requests.toString().getBytes(StandardCharsets.US_ASCII);
    int served = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      for (int sent = 0; sent < times; sent += AT_ONCE) {
        out.write(batch);
        served += readAnswers(in, AT_ONCE);
      }
    } catch (IOException e) {
      e.printStackTrace();
    }
    return served;
  }

  private static int readAnswers(InputStream in, int most) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    int matched = 0;
    int answers = 0;
    while (answers < most) {
      int read = in.read(buffer);
      if (read < 0) {
        throw new EOFException("after " + answers + " of " + most + " answers");
      }
      for (int i = 0; i < read; i++) {
        // No other text of an answer holds what begins like its end.
        matched = buffer[i] == END[matched] ? matched + 1 : buffer[i] == END[0] ? 1 : 0;
        if (matched == END.length) {
          answers++;
          matched = 0;
        }
      }
    }
    return answers;
  }
}
