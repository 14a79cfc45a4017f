/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A web application that is undeployed is freed with its class loader, as without the agent. */
@Tag("servers")
class RedeploymentTest {
  private static final int TIMES = 20;
  private static final Pattern REACHABLE = Pattern.compile("^reachable (\\d+)$");

  /** What the servlet has one of in each of its class loaders. */
  private static final String MARK = "io.vitals.smoke.programs.RedeployedServlet$Mark";

  /** Collections that a class loader may take to be freed. */
  private static final int COLLECTIONS = 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "8, REDEPLOYMENT9, javax",
    "25, REDEPLOYMENT11, jakarta",
    "21, REDEPLOYMENT_JETTY12, jakarta"
  })
  void undeployedApplication_isFreed(int version, Program program, String servlets)
      throws IOException {
    Path war = RedeployedWar.in(folder.resolve("war"), servlets);
    int with;
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            start(Jvm.version(version).agent().exportingTo(receiver), program, war, "with")) {
      with = reachable(jvm);
      assertThat(jvm.noise()).isEmpty();
      check(
          receiver.received(),
          "CLIENT GET\n"
              + "  SERVER GET /shop/\n"
              + "    CLIENT create table orders\n"
              + "    CLIENT select orders\n"
              + "    CLIENT GET\n"
              + "      SERVER GET /stock\n"
              + "    CLIENT select orders\n"
              + "    CLIENT GET\n"
              + "      SERVER GET /stock\n");
    }
    // There cannot be fewer than none without the agent.
    if (with > 0) {
      try (ForkedJvm jvm = start(Jvm.version(version), program, war, "without")) {
        assertThat(with).isLessThanOrEqualTo(reachable(jvm));
      }
    }
  }

  /** By the folder that its deployment scanner watches. */
  @Test
  void undeployedApplicationOfWildFly_isFreed() throws Exception {
    HttpServer stock =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stock.createContext(
        "/stock",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    stock.start();
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      Jvm jvm = Jvm.version(ApplicationServer.WILDFLY.version).agent().exportingTo(receiver);
      int with = reachableInWildFly(jvm, stock, "with");
      if (with > 0) {
        Jvm bare = Jvm.version(ApplicationServer.WILDFLY.version);
        assertThat(with).isLessThanOrEqualTo(reachableInWildFly(bare, stock, "without"));
      }
      check(
          receiver.received(),
          "SERVER GET /redeployed/\n"
              + "  CLIENT create table orders\n"
              + "  CLIENT select orders\n"
              + "  CLIENT GET\n"
              + "  CLIENT select orders\n"
              + "  CLIENT GET\n");
    } finally {
      stock.stop(0);
    }
  }

  private int reachableInWildFly(Jvm jvm, HttpServer stock, String name) throws Exception {
    ApplicationServer server = ApplicationServer.WILDFLY;
    Path base = Files.createDirectories(folder.resolve(name));
    int port = ApplicationServer.freePort();
    jvm.flag("-XX:SoftRefLRUPolicyMSPerMB=0");
    try (ForkedJvm forked = server.start(jvm, base, port)) {
      server.awaitStart(forked);
      Visitor visitor = new Visitor(port);
      Path war = RedeployedWar.in(base.resolve("deployments/redeployed.war"), "javax");
      for (int i = 0; i < TIMES; i++) {
        Files.writeString(marker(war, "dodeploy"), "");
        awaitMarkers(forked, war, "deployed");
        assertThat(
                visitor.get(
                    "/redeployed/?stock=http://127.0.0.1:"
                        + stock.getAddress().getPort()
                        + "/stock"))
            .as(forked::toString)
            .isEqualTo(200);
      }
      // The one that is deployed, at least.
      assertThat(marks(forked.pid(), server.version)).isPositive();
      Files.delete(marker(war, "deployed"));
      awaitMarkers(forked, war, "undeployed");
      int reachable = reachable(forked.pid(), server.version);
      assertThat(forked.terminate()).as(forked::toString).isEqualTo(ForkedJvm.TERMINATED);
      return reachable;
    }
  }

  private static Path marker(Path war, String state) {
    return war.resolveSibling(war.getFileName() + "." + state);
  }

  /**
   * Waits until the scanner says that, and neither that it has something to do nor that it does.
   */
  private static void awaitMarkers(ForkedJvm jvm, Path war, String state) throws Exception {
    long deadline = System.nanoTime() + ForkedJvm.PATIENCE.toNanos();
    while (Files.exists(marker(war, "dodeploy"))
        || Files.exists(marker(war, "isdeploying"))
        || Files.exists(marker(war, "isundeploying"))
        || !Files.exists(marker(war, state))) {
      assertThat(marker(war, "failed")).as(jvm::toString).doesNotExist();
      assertThat(deadline - System.nanoTime()).as(jvm::toString).isPositive();
      Thread.sleep(20);
    }
  }

  private static int reachable(long pid, int version) throws Exception {
    int reachable = TIMES;
    for (int i = 0; i < COLLECTIONS && reachable > 0; i++) {
      Thread.sleep(100);
      reachable = marks(pid, version);
    }
    return reachable;
  }

  /** Collects, and counts the class loaders that have a mark on the heap. */
  private static int marks(long pid, int version) {
    try (ForkedJvm histogram =
        Jvm.version(version).startTool("jcmd", Long.toString(pid), "GC.class_histogram")) {
      assertThat(histogram.awaitExit()).as(histogram::toString).isZero();
      return (int) histogram.out().stream().filter(line -> line.contains(" " + MARK)).count();
    }
  }

  /** Each of them has been seen, with its own driver, threads and calls. */
  private static void check(Received received, String shape) {
    assertThat(received.traces())
        .filteredOn(tree -> tree.shape().contains("SERVER GET /"))
        .extracting(TraceTree::shape)
        .containsExactlyElementsOf(Collections.nCopies(TIMES, shape));
    assertThat(received.metric("vitals.agent.hook.failures")).isNull();
    assertThat(received.metric("vitals.agent.hooks.refused")).isNull();
  }

  private ForkedJvm start(Jvm jvm, Program program, Path war, String name) throws IOException {
    Path base = Files.createDirectories(folder.resolve(name));
    return jvm.opensForTomcat()
        .start(program, base.toString(), war.toString(), Integer.toString(TIMES));
  }

  private static int reachable(ForkedJvm jvm) {
    int reachable = Integer.parseInt(jvm.awaitLine(REACHABLE).group(1));
    assertThat(jvm.finish()).as(jvm::toString).isZero();
    return reachable;
  }
}
