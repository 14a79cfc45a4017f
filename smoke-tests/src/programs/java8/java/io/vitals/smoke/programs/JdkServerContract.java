/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The pages of the HTTP contract on the JDK's own server. */
public final class JdkServerContract {
  private static final int THREADS = ContractPages.WAYS_THAT_MEET + 4;

  private JdkServerContract() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(any, 200);
    HttpsServer secure = HttpsServer.create(any, 200);
    secure.setHttpsConfigurator(new HttpsConfigurator(key()));
    try (ContractPages pages = new ContractPages()) {
      for (HttpServer one : new HttpServer[] {server, secure}) {
        one.setExecutor(threads);
        for (String path : ContractPages.PATHS) {
          one.createContext(path, exchange -> answer(exchange, pages, path));
        }
        one.createContext("/items", exchange -> answer(exchange, pages, "/plain"));
        one.createContext("/async", exchange -> later(exchange, pages));
        one.start();
      }
      System.out.println("secure port=" + secure.getAddress().getPort());
      Console.serve(server.getAddress().getPort());
      Leaks.print(threads, THREADS);
    } finally {
      server.stop(0);
      secure.stop(0);
      threads.shutdownNow();
    }
  }

  /** A TLS context with the key of the contract. */
  static SSLContext key() throws Exception {
    char[] password = "changeit".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(Paths.get(System.getProperty("contract.key")))) {
      store.load(file, password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static void later(HttpExchange exchange, ContractPages pages) {
    pages.elsewhere(
        () -> {
          try {
            answer(exchange, pages, "/call");
          } catch (IOException gone) {
            exchange.close();
          }
        });
  }

  private static void answer(HttpExchange exchange, ContractPages pages, String path)
      throws IOException {
    ContractPages.Answer answer = pages.serve(path, exchange.getRequestBody());
    exchange.getResponseHeaders().put("X-Answer", Arrays.asList(ContractPages.Answer.X_ANSWER));
    if (answer.status == 302) {
      exchange.getResponseHeaders().set("Location", "/plain");
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(answer.status, -1);
    } else {
      byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
