/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import javax.servlet.DispatcherType;
import javax.servlet.http.HttpServlet;
import org.smartboot.http.server.HttpBootstrap;
import org.smartboot.http.server.HttpRequest;
import org.smartboot.http.server.HttpResponse;
import org.smartboot.http.server.HttpServerHandler;
import org.smartboot.servlet.ContainerRuntime;
import org.smartboot.servlet.ServletContextRuntime;
import org.smartboot.servlet.conf.DeploymentInfo;
import org.smartboot.servlet.conf.ErrorPageInfo;
import org.smartboot.servlet.conf.FilterInfo;
import org.smartboot.servlet.conf.FilterMappingInfo;
import org.smartboot.servlet.conf.ServletInfo;
import org.smartboot.servlet.enums.FilterMappingType;
import org.smartboot.servlet.util.PathMatcherUtil;

/** The pages of the HTTP contract as servlets of an embedded smart-servlet. */
public final class SmartServletContract {
  private static final int THREADS = ContractPages.WAYS_THAT_MEET + 4;

  private SmartServletContract() {}

  public static void main(String[] arguments) throws Throwable {
    Console.quiet();
    try (ContractPages pages = new ContractPages()) {
      ContainerRuntime container = new ContainerRuntime();
      container.addRuntime(servlets(pages));
      int port = freePort();
      HttpBootstrap server = new HttpBootstrap();
      server.configuration().host("127.0.0.1").bannerEnabled(false).threadNum(THREADS);
      server.httpHandler(
          new HttpServerHandler() {
            @Override
            public void handle(
                HttpRequest request, HttpResponse response, CompletableFuture<Object> answered) {
              container.doHandle(request, response, answered);
            }
          });
      server.setPort(port);
      container.start(server.configuration());
      server.start();
      // Its loggers have brought handlers of their own.
      Console.quiet();
      Console.serve(port);
      container.stop();
    }
    // Instead of the server's shutdown, which meets its own selector now and then and says so.
    System.exit(0);
  }

  /** A port that nobody listens on: the server does not say which one it has chosen. */
  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static ServletContextRuntime servlets(ContractPages pages) {
    ServletContextRuntime application = new ServletContextRuntime("/");
    DeploymentInfo deployment = application.getDeploymentInfo();
    ServletPages.addTo(
        (pattern, servlet) -> deployment.addServlet(mapped(pattern, servlet)), pages);
    deployment.addServlet(mapped("*.html", new ServletPages.About()));
    deployment.addErrorPage(new ErrorPageInfo("/plain", 418, null));
    FilterInfo guard = new FilterInfo();
    guard.setFilterName("guard");
    guard.setDynamic(true);
    guard.setFilter(new ServletPages.Guard());
    deployment.addFilter(guard);
    deployment.addFilterMapping(
        new FilterMappingInfo(
            "guard",
            FilterMappingType.URL,
            null,
            PathMatcherUtil.addMapping("/guarded/*"),
            EnumSet.of(DispatcherType.REQUEST)));
    return application;
  }

  private static ServletInfo mapped(String pattern, HttpServlet servlet) {
    ServletInfo info = new ServletInfo();
    info.setServletName(pattern);
    info.setServlet(servlet);
    // Otherwise it makes one itself, of the name of a class.
    info.setDynamic(true);
    info.addMapping(pattern);
    return info;
  }
}
