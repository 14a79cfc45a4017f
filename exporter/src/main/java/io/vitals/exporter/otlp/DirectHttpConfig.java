/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/** What an exporter asks of its sender, with the proxies of {@link JdkProxySelector}. */
final class DirectHttpConfig implements HttpSenderConfig {
  private final HttpSenderConfig asked;

  DirectHttpConfig(HttpSenderConfig asked) {
    this.asked = asked;
  }

  @Override
  public ProxyOptions getProxyOptions() {
    ProxyOptions chosen = asked.getProxyOptions();
    return chosen == null ? ProxyOptions.create(JdkProxySelector.get()) : chosen;
  }

  @Override
  public URI getEndpoint() {
    return asked.getEndpoint();
  }

  @Override
  public String getContentType() {
    return asked.getContentType();
  }

  @Override
  public Compressor getCompressor() {
    return asked.getCompressor();
  }

  @Override
  public Duration getTimeout() {
    return asked.getTimeout();
  }

  @Override
  public Duration getConnectTimeout() {
    return asked.getConnectTimeout();
  }

  @Override
  public Supplier<Map<String, List<String>>> getHeadersSupplier() {
    return asked.getHeadersSupplier();
  }

  @Override
  public RetryPolicy getRetryPolicy() {
    return asked.getRetryPolicy();
  }

  @Override
  public SSLContext getSslContext() {
    return asked.getSslContext();
  }

  @Override
  public X509TrustManager getTrustManager() {
    return asked.getTrustManager();
  }

  @Override
  public ExecutorService getExecutorService() {
    return asked.getExecutorService();
  }

  @Override
  public long getMaxResponseBodySize() {
    return asked.getMaxResponseBodySize();
  }

  @Override
  public List<String> getEnabledProtocols() {
    return asked.getEnabledProtocols();
  }
}
