/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.List;

/**
 * The proxies that {@code http.proxyHost} and its relatives name, and none where the application
 * has put a selector of its own in the JDK's place: that one is not called from the agent's
 * threads.
 */
public final class JdkProxySelector {
  private JdkProxySelector() {}

  /** The selector to make a client with. */
  public static ProxySelector get() {
    ProxySelector selector = ProxySelector.getDefault();
    boolean isOfJdk = selector != null && selector.getClass().getClassLoader() == null;
    return isOfJdk ? selector : new Direct();
  }

  private static final class Direct extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      return Collections.singletonList(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      // There is no other way to try.
    }
  }
}
