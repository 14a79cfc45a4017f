/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.runtime;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.Attributes;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Counts platform threads by state, and by whether they are daemons, without stack traces. */
final class ThreadCounts {
  private ThreadCounts() {}

  static Map<Attributes, Long> now() {
    Map<Attributes, Long> counts = new HashMap<>();
    for (Thread thread : LiveThreads.all()) {
      Thread.State state = thread.getState();
      counts.merge(
          Attributes.of(
              booleanKey("jvm.thread.daemon"),
              thread.isDaemon(),
              stringKey("jvm.thread.state"),
              state.name().toLowerCase(Locale.ROOT)),
          1L,
          Long::sum);
    }
    return counts;
  }
}
