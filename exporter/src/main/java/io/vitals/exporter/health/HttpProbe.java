/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import io.vitals.exporter.otlp.JdkProxySelector;
import io.vitals.exporter.work.NameService;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Asks for a page and looks at the status; the body is not read.
 *
 * <p>HTTP/1.1, a connection a request, no redirects, no cookies, no passwords; the JDK's proxies,
 * the certificates that the JVM trusts, and nothing that the application has put in their place.
 */
final class HttpProbe implements Probe {
  private final HttpUrl url;
  private final List<Integer> expected;
  private final long timeoutNanos;
  private volatile OkHttpClient client;
  private volatile Call running;

  /**
   * Asks for {@code url}.
   *
   * @param expected the statuses that are good; empty for all of 2xx
   */
  HttpProbe(HttpUrl url, List<Integer> expected, long timeoutNanos) {
    this.url = url;
    this.expected = expected;
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  public void run() throws ProbeFailure {
    Request.Builder request = new Request.Builder().url(url);
    request.header("User-Agent", "vitals").header("Connection", "close");
    Call call = client().newCall(request.build());
    running = call;
    try (Response response = call.execute()) {
      int status = response.code();
      boolean good = expected.isEmpty() ? status >= 200 && status < 300 : expected.contains(status);
      if (!good) {
        String wanted = expected.isEmpty() ? "2xx" : expected.toString();
        throw new ProbeFailure(Integer.toString(status), "HTTP " + status + ", expected " + wanted);
      }
    } catch (IOException e) {
      throw ProbeFailure.of(e, timeoutNanos);
    } finally {
      running = null;
    }
  }

  /** Made when it is first needed, on the thread that needs it. */
  private OkHttpClient client() {
    OkHttpClient made = client;
    if (made == null) {
      OkHttpClient.Builder builder =
          new OkHttpClient.Builder()
              .dns(host -> Arrays.asList(NameService.addresses(host)))
              .callTimeout(timeoutNanos, TimeUnit.NANOSECONDS)
              .connectTimeout(timeoutNanos, TimeUnit.NANOSECONDS)
              .readTimeout(timeoutNanos, TimeUnit.NANOSECONDS)
              .writeTimeout(timeoutNanos, TimeUnit.NANOSECONDS)
              .socketFactory(new DirectSockets())
              .proxySelector(JdkProxySelector.get())
              .followRedirects(false)
              .retryOnConnectionFailure(false)
              .protocols(Collections.singletonList(Protocol.HTTP_1_1))
              .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS));
      if (!url.isHttps()) {
        // Spares reading the JVM's certificates.
        builder.connectionSpecs(Collections.singletonList(ConnectionSpec.CLEARTEXT));
      }
      made = builder.build();
      client = made;
    }
    return made;
  }

  @Override
  public void cancel() {
    Call call = running;
    if (call != null) {
      call.cancel();
    }
  }
}
