/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One log record as it arrived.
 *
 * @param severity the number of OTLP
 * @param timeNanos since the epoch
 */
record ReceivedLog(
    String eventName,
    int severity,
    long timeNanos,
    Object body,
    Map<String, Object> attributes,
    Map<String, Object> resource) {
  static List<ReceivedLog> of(List<ResourceLogs> parts) {
    List<ReceivedLog> logs = new ArrayList<>();
    for (ResourceLogs part : parts) {
      Map<String, Object> resource = Values.of(part.getResource().getAttributesList());
      for (ScopeLogs scope : part.getScopeLogsList()) {
        for (LogRecord log : scope.getLogRecordsList()) {
          logs.add(
              new ReceivedLog(
                  log.getEventName(),
                  log.getSeverityNumberValue(),
                  log.getTimeUnixNano(),
                  Values.of(log.getBody()),
                  Values.of(log.getAttributesList()),
                  resource));
        }
      }
    }
    return logs;
  }
}
