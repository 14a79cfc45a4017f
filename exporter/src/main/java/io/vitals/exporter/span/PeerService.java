/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import java.util.Map;

/** Names the service behind a host, as {@code otel.instrumentation.common.peer-service-mapping}. */
final class PeerService {
  private PeerService() {}

  static void put(Map<String, String> services, String host, int port, SpanAttributes into) {
    if (services.isEmpty() || host == null) {
      return;
    }
    String service = port > 0 ? services.get(host + ":" + port) : null;
    into.putCommon(Keys.PEER_SERVICE, service == null ? services.get(host) : service);
  }
}
