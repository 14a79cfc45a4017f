/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.otlp.JdkProxySelector;
import io.vitals.exporter.work.NameService;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Posts JSON to one address.
 *
 * <p>HTTP/1.1, a connection a request, no redirects: notifications are rare, so nothing is kept
 * between them, and headers with secrets go where the file says and nowhere else.
 */
final class HttpPost {
  private static final MediaType JSON = MediaType.parse("application/json; charset=utf-8");

  private final Secret url;
  private final String path;
  private final Map<String, Secret> headers;
  private final Trust trust;
  private final long timeoutNanos;
  private volatile OkHttpClient client;
  private volatile Call running;

  /**
   * Posts to {@code url} with {@code path} appended.
   *
   * @param trust whom to trust, or null for whom the JVM trusts
   */
  HttpPost(Secret url, String path, Map<String, Secret> headers, Trust trust, long timeoutNanos) {
    this.url = url;
    this.path = path;
    this.headers = headers;
    this.trust = trust;
    this.timeoutNanos = timeoutNanos;
  }

  /** Sends a body and waits for the status, which has to be 2xx. */
  void send(String json) throws SendFailure {
    try {
      Call call = client().newCall(request(json));
      running = call;
      try (Response response = call.execute()) {
        check(response);
      }
    } catch (InterruptedIOException e) {
      throw new SendFailure(Reason.TIMEOUT, "no answer in " + millis() + " ms");
    } catch (ConnectException | UnknownHostException e) {
      throw new SendFailure(Reason.UNREACHABLE, said(e));
    } catch (IOException e) {
      boolean cancelled = running != null && running.isCanceled();
      throw cancelled
          ? new SendFailure(Reason.TIMEOUT, "given up: no end of the answer")
          : new SendFailure(Reason.UNREACHABLE, said(e));
    } finally {
      running = null;
    }
  }

  private Request request(String json) throws SendFailure, IOException {
    HttpUrl address = HttpUrl.parse(url.get() + path);
    if (address == null) {
      throw new SendFailure(Reason.REJECTED, "the address is no http or https URL any more");
    }
    Request.Builder request = new Request.Builder().url(address);
    request.header("User-Agent", "vitals");
    try {
      for (Map.Entry<String, Secret> header : headers.entrySet()) {
        request.header(header.getKey(), header.getValue().get());
      }
    } catch (IllegalArgumentException e) {
      // Its message may quote the value.
      throw new SendFailure(Reason.REJECTED, "a header has a character that HTTP does not allow");
    }
    return request.post(RequestBody.create(json, JSON)).build();
  }

  private void check(Response response) throws SendFailure {
    int status = response.code();
    if (status >= 200 && status < 300) {
      return;
    }
    boolean again = status == 408 || status == 429 || status >= 500;
    throw new SendFailure(
        again ? Reason.UNAVAILABLE : Reason.REJECTED,
        "HTTP " + status,
        again ? retryAfterNanos(response.header("Retry-After")) : 0);
  }

  /** Seconds or a date (RFC 9110, 10.2.3); 0 if it is neither. */
  static long retryAfterNanos(String text) {
    if (text == null) {
      return 0;
    }
    String value = text.trim();
    if (value.matches("\\d{1,9}")) {
      return TimeUnit.SECONDS.toNanos(Long.parseLong(value));
    }
    try {
      Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Math.max(0, Duration.between(Instant.now(), then).toNanos());
    } catch (DateTimeParseException | ArithmeticException e) {
      return 0;
    }
  }

  private String said(IOException e) {
    String text = e.getClass().getSimpleName() + ": " + e.getMessage();
    text = url.scrub(text);
    for (Secret header : headers.values()) {
      text = header.scrub(text);
    }
    return text;
  }

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(timeoutNanos);
  }

  private OkHttpClient client() throws SendFailure {
    OkHttpClient made = client;
    if (made == null) {
      OkHttpClient.Builder builder =
          new OkHttpClient.Builder()
              .dns(host -> Arrays.asList(NameService.addresses(host)))
              .callTimeout(timeoutNanos, TimeUnit.NANOSECONDS)
              .connectTimeout(timeoutNanos, TimeUnit.NANOSECONDS)
              .readTimeout(timeoutNanos, TimeUnit.NANOSECONDS)
              .writeTimeout(timeoutNanos, TimeUnit.NANOSECONDS)
              .proxySelector(JdkProxySelector.get())
              .followRedirects(false)
              .retryOnConnectionFailure(false)
              .protocols(Collections.singletonList(Protocol.HTTP_1_1))
              .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS));
      if (trust != null) {
        builder.sslSocketFactory(trust.socketFactory(), trust.manager());
      }
      made = builder.build();
      client = made;
    }
    return made;
  }

  /** Breaks off the request that is running; for any thread. */
  void cancel() {
    Call call = running;
    if (call != null) {
      call.cancel();
    }
  }

  /** Scheme, host and port: what may be shown. */
  String peer() {
    try {
      HttpUrl address = HttpUrl.parse(url.get());
      return address == null
          ? "an invalid address"
          : address.scheme() + "://" + address.host() + ":" + address.port();
    } catch (IOException e) {
      return "an address that cannot be read";
    }
  }
}
