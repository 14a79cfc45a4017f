/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.http;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.vitals.exporter.work.WorkerThread;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Sends messages to one {@code http:} endpoint over one kept connection, one after the other, on a
 * thread of its own that sleeps in between; tried again as {@link Attempts} says.
 *
 * <p>{@link #send} may be called from any thread, never waits, and always ends in one of its two
 * answers, which come on the sender's thread. A message is read once an attempt.
 */
public final class PlainHttpSender implements HttpSender {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final PlainConnection connection;
  private final Selector selector;
  private final Attempts attempts;
  private final String threadName;
  private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;
  private Thread thread;

  /**
   * Makes a sender that connects when it has something to send.
   *
   * @throws IOException if the system has no selector to give
   */
  public PlainHttpSender(HttpSenderConfig config) throws IOException {
    this.selector = Selector.open();
    this.connection = new PlainConnection(config, selector, () -> closed);
    this.attempts = new Attempts(config.getTimeout(), config.getRetryPolicy());
    this.threadName = "http-" + nameOf(config.getEndpoint());
  }

  /** Whether this is enough for what an exporter asks: no TLS, and no proxy on the way. */
  public static boolean suits(HttpSenderConfig config) {
    URI endpoint = config.getEndpoint();
    return "http".equalsIgnoreCase(endpoint.getScheme())
        && endpoint.getHost() != null
        && isDirect(config.getProxyOptions(), endpoint);
  }

  private static boolean isDirect(ProxyOptions options, URI endpoint) {
    if (options == null) {
      return true;
    }
    for (Proxy proxy : options.getProxySelector().select(endpoint)) {
      if (proxy.type() != Proxy.Type.DIRECT) {
        return false;
      }
    }
    return true;
  }

  /** The signal: the last part of an endpoint such as {@code /v1/traces}. */
  private static String nameOf(URI endpoint) {
    String path = String.valueOf(endpoint.getPath());
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public void send(
      MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
    waiting.add(new Call(message, onResponse, onError));
    try {
      awake();
    } catch (Throwable noThread) {
      failAll(noThread);
    }
  }

  private synchronized void awake() {
    if (closed) {
      failAll(PlainConnection.hasEnded());
    } else if (thread == null) {
      Thread started = WorkerThread.make(this::run, threadName);
      started.start();
      thread = started;
    } else {
      selector.wakeup();
    }
  }

  private void run() {
    while (!closed) {
      Call call = waiting.poll();
      try {
        if (call == null) {
          connection.rest();
        } else {
          serve(call);
        }
      } catch (Throwable failure) {
        // Whoever was told has failed, or there is no memory: the next message is another try.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    connection.close();
    failAll(PlainConnection.hasEnded());
  }

  private void serve(Call call) {
    PlainResponse response;
    try {
      response = attempts.of(deadline -> connection.exchange(call.message, deadline), connection);
    } catch (Throwable failure) {
      call.onError.accept(failure);
      return;
    }
    call.onResponse.accept(response);
  }

  private void failAll(Throwable failure) {
    for (Call call = waiting.poll(); call != null; call = waiting.poll()) {
      call.onError.accept(failure);
    }
  }

  /** Breaks off what is under way, and ends the thread. */
  @Override
  public synchronized CompletableResultCode shutdown() {
    closed = true;
    if (thread == null) {
      connection.close();
    } else {
      selector.wakeup();
    }
    return CompletableResultCode.ofSuccess();
  }

  /** One message and whom to tell. */
  private static final class Call {
    final MessageWriter message;
    final Consumer<HttpResponse> onResponse;
    final Consumer<Throwable> onError;

    Call(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
      this.message = message;
      this.onResponse = onResponse;
      this.onError = onError;
    }
  }
}
