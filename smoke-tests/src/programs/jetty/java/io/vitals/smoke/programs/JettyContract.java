/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import jakarta.servlet.DispatcherType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The pages of the HTTP contract as servlets of an embedded Jetty. */
public final class JettyContract {
  private static final int THREADS = ContractPages.WAYS_THAT_MEET + 4;

  private JettyContract() {}

  public static void main(String[] arguments) throws Exception {
    try (ContractPages pages = new ContractPages()) {
      Path files = Files.createTempDirectory("contract");
      Files.write(files.resolve("about.html"), "<p>About.</p>".getBytes(StandardCharsets.UTF_8));
      Server server = server();
      server.setHandler(servlets(pages, files));
      serve(server);
    }
  }

  /** A server with threads for all that meet, beside those of its connectors. */
  static Server server() {
    Console.quiet();
    return new Server(new QueuedThreadPool(THREADS + 16));
  }

  /** Serves HTTP/1.1 and HTTP/2, with and without TLS, until standard input ends. */
  static void serve(Server server) throws Exception {
    HttpConfiguration plainly = new HttpConfiguration();
    ServerConnector plain =
        connector(
            server, new HttpConnectionFactory(plainly), new HTTP2CServerConnectionFactory(plainly));
    HttpConfiguration securely = new HttpConfiguration();
    securely.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server key = new SslContextFactory.Server();
    key.setKeyStorePath(System.getProperty("contract.key"));
    key.setKeyStorePassword("changeit");
    key.setKeyStoreType("PKCS12");
    ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory();
    choice.setDefaultProtocol("http/1.1");
    ServerConnector secure =
        connector(
            server,
            new SslConnectionFactory(key, choice.getProtocol()),
            choice,
            new HTTP2ServerConnectionFactory(securely),
            new HttpConnectionFactory(securely));
    server.start();
    System.out.println("secure port=" + secure.getLocalPort());
    Console.serve(plain.getLocalPort());
    Leaks.print(server.getThreadPool(), THREADS);
    server.stop();
  }

  private static ServerConnector connector(Server server, ConnectionFactory... protocols) {
    ServerConnector connector = new ServerConnector(server, 1, 1, protocols);
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(200);
    server.addConnector(connector);
    return connector;
  }

  private static ServletContextHandler servlets(ContractPages pages, Path files) {
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath("/");
    ServletPages.addTo(
        (pattern, servlet) -> {
          ServletHolder holder = new ServletHolder(servlet);
          holder.setAsyncSupported(true);
          context.addServlet(holder, pattern);
        },
        pages);
    ServletHolder holder = new ServletHolder("files", new DefaultServlet());
    // As Jetty 12 has it, and as those before it have it.
    for (String name : new String[] {"baseResource", "resourceBase"}) {
      holder.setInitParameter(name, files.toString());
    }
    context.addServlet(holder, "*.html");
    FilterHolder guard = new FilterHolder(new ServletPages.Guard());
    guard.setAsyncSupported(true);
    context.addFilter(guard, "/guarded/*", EnumSet.of(DispatcherType.REQUEST));
    ErrorPageErrorHandler sorry = new ErrorPageErrorHandler();
    sorry.addErrorPage(418, "/plain");
    context.setErrorHandler(sorry);
    return context;
  }
}
