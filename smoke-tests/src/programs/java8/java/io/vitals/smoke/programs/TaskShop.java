/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers each request by a call that a task makes: below {@code /task} handed in by the request,
 * below {@code /apart} by a thread that the request starts.
 */
public final class TaskShop {
  private TaskShop() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    List<Handing> ways = Handing.all();
    try (Warehouse warehouse = new Warehouse()) {
      for (Handing way : ways) {
        System.out.println("way " + way.name);
        server.createContext(
            "/task/" + way.name, exchange -> answer(exchange, () -> ask(way, warehouse)));
        server.createContext(
            "/apart/" + way.name,
            exchange -> answer(exchange, () -> join(() -> ask(way, warehouse))));
      }
      server.start();
      Console.serve(server.getAddress().getPort());
    } finally {
      server.stop(0);
      threads.shutdownNow();
      Handing.close();
    }
  }

  private static void answer(HttpExchange exchange, Runnable work) throws IOException {
    work.run();
    Warehouse.answer(exchange, 200, "done");
  }

  private static void join(Runnable work) {
    Thread thread = new Thread(work);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void ask(Handing way, Warehouse warehouse) {
    CountDownLatch asked = new CountDownLatch(1);
    TaskContract.hand(
        way,
        () -> {
          try {
            warehouse.ask("/stock?for=" + way.name);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          } finally {
            asked.countDown();
          }
        });
    TaskContract.await(asked);
  }
}
