/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * The main job to watch: a small shop on Tomcat with a database in memory and an outgoing call, the
 * agent attached, ten seconds of visitors, and what a backend gets of it.
 *
 * <p>Ends with status 0 if traces and percentiles arrived, otherwise with 1.
 */
public final class Shop {
  private static final Duration OPEN = Duration.ofSeconds(10);

  /** Enough for traffic to overlap; few enough to leave the processors to the shop. */
  private static final int VISITORS = 4;

  private static final List<String> PAGES =
      List.of(
          "/shop/orders",
          "/shop/orders/1",
          "/shop/orders/2",
          "/shop/orders/77",
          "/shop/checkout",
          "/shop/checkout",
          "/shop/stock",
          "/shop/about.html",
          "/shop/async",
          "/shop/broken",
          "/nowhere");

  private Shop() {}

  /** Opens the shop, lets visitors in, and prints what arrived. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    boolean arrived;
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      out.println("An OTLP backend listens on " + receiver.endpoint() + ".");
      open(receiver, out);
      arrived = new ShopReport(receiver.received(), out).print();
    }
    out.flush();
    System.exit(arrived ? 0 : 1);
  }

  private static void open(OtlpReceiver receiver, PrintStream out) {
    Jvm jvm =
        Jvm.running()
            .agent()
            .property("otel.service.name", "shop")
            .property("otel.exporter.otlp.endpoint", receiver.endpoint())
            // The call's server must not wait for the acknowledgement of its headers.
            .property("sun.net.httpserver.nodelay", "true")
            // One interval for the whole run, so that its percentiles are those of all requests.
            .property("otel.metric.export.interval", "60000");
    try (ForkedJvm shop = jvm.start(Program.TOMCAT11)) {
      Visitor visitor = new Visitor(shop.awaitPort());
      shop.err().forEach(line -> out.println("The shop says:  " + line));
      out.printf("Open for %d seconds, %d visitors ...%n", OPEN.toSeconds(), VISITORS);
      CompletableFuture<?>[] visits = new CompletableFuture<?>[VISITORS];
      long closing = System.nanoTime() + OPEN.toNanos();
      for (int i = 0; i < VISITORS; i++) {
        Random random = new Random(i);
        visits[i] = CompletableFuture.runAsync(() -> visit(visitor, random, closing));
      }
      CompletableFuture.allOf(visits).join();
      int status = shop.finish();
      out.printf("Closed; the shop ended with status %d.%n", status);
    }
  }

  private static void visit(Visitor visitor, Random random, long closing) {
    while (System.nanoTime() < closing) {
      visitor.get(PAGES.get(random.nextInt(PAGES.size())));
      try {
        Thread.sleep(random.nextInt(30));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
