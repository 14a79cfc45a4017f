/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import java.util.Map;

/** Names the service behind a host, as {@code otel.instrumentation.common.peer-service-mapping}. */
final class PeerService {
  private PeerService() {}

  static void put(Map<String, String> services, HostPort server, SpanAttributes into) {
    if (services.isEmpty() || server == null || server.host == null) {
      return;
    }
    String service = server.port > 0 ? services.get(server.host + ":" + server.port) : null;
    into.put(Keys.PEER_SERVICE, service == null ? services.get(server.host) : service);
  }
}
