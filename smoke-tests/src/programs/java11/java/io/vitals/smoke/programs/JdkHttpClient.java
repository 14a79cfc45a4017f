/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** {@link HttpClient} under contract: {@code sync}, {@code async} or {@code http2}. */
public final class JdkHttpClient implements ContractClient<HttpRequest> {
  private final HttpClient client;
  private final boolean async;

  private JdkHttpClient(String way) {
    async = way.equals("async");
    client =
        HttpClient.newBuilder()
            .version(way.equals("http2") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();
  }

  public static void main(String[] arguments) throws Exception {
    ClientContract.serve(new JdkHttpClient(arguments[0]));
  }

  @Override
  public HttpRequest request(String method, URI url, int timeoutMillis) {
    boolean body = method.equals("POST") || method.equals("PUT");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofMillis(timeoutMillis))
            .method(
                method,
                body
                    ? HttpRequest.BodyPublishers.ofString(BODY)
                    : HttpRequest.BodyPublishers.noBody());
    for (String question : QUESTIONS) {
      request.header(QUESTION, question);
    }
    return request.build();
  }

  @Override
  public int send(HttpRequest request) throws Exception {
    if (async) {
      return result(later(request)).statusCode();
    }
    return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  @Override
  public void send(HttpRequest request, Callback callback) throws Exception {
    if (!async) {
      send(request);
      callback.run();
      return;
    }
    Thread asker = Thread.currentThread();
    CountDownLatch registered = new CountDownLatch(1);
    CompletableFuture<Void> done =
        client
            .sendAsync(request, waiting(registered))
            .thenAccept(
                answer -> {
                  if (Thread.currentThread() == asker) {
                    throw new IllegalStateException("answered before the callback was registered");
                  }
                  try {
                    callback.run();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
    registered.countDown();
    result(done);
  }

  /** Takes the answer once the callback is registered, which so always runs on another thread. */
  private static HttpResponse.BodyHandler<String> waiting(CountDownLatch registered) {
    return answer -> {
      try {
        registered.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
    };
  }

  @Override
  public boolean own(String name, URI url) throws Exception {
    HttpRequest request = request("GET", url, 60_000);
    switch (name) {
      case "invisible":
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        return request.headers().map().size() == 1
            && answer.request().headers().map().equals(request.headers().map());
      case "cancelled":
        CompletableFuture<?> answered = later(request);
        return answered.cancel(true);
      default:
        throw new IllegalArgumentException(name);
    }
  }

  private CompletableFuture<HttpResponse<String>> later(HttpRequest request) {
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private static <T> T result(CompletableFuture<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException ? (IOException) e.getCause() : e;
    }
  }
}
