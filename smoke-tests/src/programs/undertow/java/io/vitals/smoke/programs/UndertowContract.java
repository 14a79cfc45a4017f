/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.handlers.DefaultServlet;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xnio.Options;

/** The pages of the HTTP contract as servlets of an embedded Undertow. */
public final class UndertowContract {
  private static final int THREADS = ContractPages.WAYS_THAT_MEET + 4;

  private UndertowContract() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    try (ContractPages pages = new ContractPages()) {
      Path files = Files.createTempDirectory("contract");
      Files.write(files.resolve("about.html"), "<p>About.</p>".getBytes(StandardCharsets.UTF_8));
      DeploymentManager deployment =
          Servlets.defaultContainer().addDeployment(servlets(pages, files));
      deployment.deploy();
      serve(Handlers.path(deployment.start()));
      deployment.stop();
    }
  }

  /** Serves HTTP/1.1 and HTTP/2, with and without TLS, until standard input ends. */
  static void serve(HttpHandler handler) throws Exception {
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .addHttpsListener(0, "127.0.0.1", JdkServerContract.key())
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setSocketOption(Options.BACKLOG, 200)
            .setIoThreads(2)
            .setWorkerThreads(THREADS)
            .setHandler(handler)
            .build();
    server.start();
    System.out.println("secure port=" + port(server, 1));
    Console.serve(port(server, 0));
    Leaks.print(server.getWorker(), THREADS);
    server.stop();
  }

  private static int port(Undertow server, int listener) {
    return ((InetSocketAddress) server.getListenerInfo().get(listener).getAddress()).getPort();
  }

  private static DeploymentInfo servlets(ContractPages pages, Path files) {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(UndertowContract.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("contract")
            .setResourceManager(new PathResourceManager(files))
            .addErrorPage(Servlets.errorPage("/plain", 418))
            .addFilter(Servlets.filter("guard", ServletPages.Guard.class).setAsyncSupported(true))
            .addFilterUrlMapping("guard", "/guarded/*", DispatcherType.REQUEST)
            .addServlet(Servlets.servlet("files", DefaultServlet.class).addMapping("*.html"));
    ServletPages.addTo(
        (pattern, servlet) ->
            deployment.addServlet(
                Servlets.servlet(
                        pattern, servlet.getClass(), new ImmediateInstanceFactory<>(servlet))
                    .addMapping(pattern)
                    .setAsyncSupported(true)),
        pages);
    return deployment;
  }
}
