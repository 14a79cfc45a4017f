/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import cloud.piranha.core.impl.DefaultWebApplication;
import cloud.piranha.http.impl.DefaultHttpServer;
import cloud.piranha.http.webapp.HttpWebApplicationServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.concurrent.ExecutorService;

/** The pages of the HTTP contract as servlets of an embedded Piranha. */
public final class PiranhaContract {
  private static final int THREADS = ContractPages.WAYS_THAT_MEET + 4;

  private PiranhaContract() {}

  /** The server, which says on which port it listens. */
  private static final class Server extends DefaultHttpServer {
    Server(HttpWebApplicationServer applications) {
      super(0, applications, false);
    }

    int port() {
      return serverSocket.getLocalPort();
    }

    ExecutorService threads() {
      return executorService;
    }
  }

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    try (ContractPages pages = new ContractPages()) {
      HttpWebApplicationServer applications = new HttpWebApplicationServer();
      applications.addWebApplication(servlets(pages));
      applications.initialize();
      applications.start();
      Server server = new Server(applications);
      server.start();
      Console.serve(server.port());
      Leaks.print(server.threads(), THREADS);
      server.stop();
      applications.stop();
    }
  }

  private static DefaultWebApplication servlets(ContractPages pages) {
    DefaultWebApplication application = new DefaultWebApplication();
    application.setContextPath("");
    ServletPages.addTo(
        (pattern, servlet) -> {
          ServletRegistration.Dynamic added = application.addServlet(pattern, servlet);
          added.setAsyncSupported(true);
          added.addMapping(pattern);
        },
        pages);
    application.addServlet("files", new ServletPages.About()).addMapping("*.html");
    FilterRegistration.Dynamic guard = application.addFilter("guard", new ServletPages.Guard());
    guard.setAsyncSupported(true);
    guard.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/guarded/*");
    application.getManager().getErrorPageManager().addErrorPage("418", "/plain");
    return application;
  }
}
