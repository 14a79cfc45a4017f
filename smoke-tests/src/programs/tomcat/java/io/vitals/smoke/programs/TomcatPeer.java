/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * Answers the clients of the HTTP contract over HTTP/1.1 and HTTP/2, with and without TLS, and says
 * on a line of its own what it was asked.
 */
public final class TomcatPeer extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final int WAYS_THAT_MEET = 100;

  private final transient CyclicBarrier meeting = new CyclicBarrier(WAYS_THAT_MEET);

  private TomcatPeer() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("peer").toString());
    Connector plain = TomcatContract.connector(tomcat);
    Connector secure = TomcatContract.connector(tomcat);
    TomcatContract.secure(secure, System.getProperty("contract.key"));
    Connector stranger = TomcatContract.connector(tomcat);
    TomcatContract.secure(stranger, System.getProperty("contract.stranger"));
    tomcat.setConnector(plain);
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "peer", new TomcatPeer());
    context.addServletMappingDecoded("/", "peer");
    tomcat.start();
    System.out.println("secure port=" + secure.getLocalPort());
    System.out.println("stranger port=" + stranger.getLocalPort());
    Console.serve(plain.getLocalPort());
    tomcat.stop();
    tomcat.destroy();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int bytes = 0;
    while (request.getInputStream().read() >= 0) {
      bytes++;
    }
    System.out.println(
        "asked "
            + (request.getMethod() + ' ' + request.getRequestURI() + ' ' + request.getProtocol())
            + (" from=" + request.getRemotePort() + " bytes=" + bytes)
            + (" traceparent=" + request.getHeader("traceparent"))
            + (" tracestate=" + request.getHeader("tracestate"))
            + (" baggage=" + request.getHeader("baggage")));
    response.addHeader("X-Answer", "one");
    response.addHeader("X-Answer", "two");
    response.setStatus(status(request.getRequestURI()));
    if (response.getStatus() == 302) {
      response.setHeader(
          "Location",
          request.getRequestURI().equals("/moved") ? "/plain" : request.getRequestURI());
    }
    response.getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
  }

  private int status(String path) {
    switch (path) {
      case "/moved":
      case "/circle":
        return 302;
      case "/gone":
        return 410;
      case "/unavailable":
        return 503;
      case "/meet":
        return meet() ? 200 : 500;
      default:
        return 200;
    }
  }

  private boolean meet() {
    try {
      meeting.await(60, TimeUnit.SECONDS);
      return true;
    } catch (Exception alone) {
      // The next ones to meet shall not suffer from it.
      meeting.reset();
      return false;
    }
  }
}
