/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks with JMH's own command line, reporting bytes and CPU time beside time.
 *
 * <p>Started in the project's folder. The forked JVMs find the packaged agent first on the class
 * path, so that one with {@code -javaagent} takes the agent's door from there; what it exports goes
 * to a backend here that takes everything.
 */
public final class Benchmarks {
  private static final String AGENT = "agent/target/vitals-agent.jar";

  private Benchmarks() {}

  /** Runs the benchmarks that the arguments name. */
  public static void main(String[] arguments)
      throws RunnerException, CommandLineOptionException, IOException {
    System.setProperty(
        "java.class.path",
        new File(AGENT).getAbsolutePath()
            + File.pathSeparator
            + System.getProperty("java.class.path"));
    HttpServer backend = backend();
    try {
      new Runner(
              new OptionsBuilder()
                  .parent(new CommandLineOptions(arguments))
                  .addProfiler(GCProfiler.class)
                  .addProfiler(WorkerCost.class)
                  .addProfiler(ProcessCost.class)
                  .jvmArgsPrepend(
                      "-Dotel.exporter.otlp.endpoint=http://localhost:"
                          + backend.getAddress().getPort())
                  .build())
          .run();
    } finally {
      backend.stop(0);
    }
  }

  /** Says yes to every export: an empty message is OTLP's full success. */
  private static HttpServer backend() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
