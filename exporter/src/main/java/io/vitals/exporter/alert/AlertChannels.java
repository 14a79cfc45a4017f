/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.opentelemetry.sdk.resources.Resource;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;

/** Tells people of alerts; what it does takes place on threads of its own. */
public interface AlertChannels extends AlertListener {
  /** Takes how often something became of the notifications of a channel. */
  interface Counter {
    /**
     * Takes one count.
     *
     * @param channel empty for what was lost before it came to a channel
     * @param outcome {@code sent}, {@code retried}, {@code failed} or {@code dropped}
     * @param reason why it failed or was dropped; empty for the others
     */
    void count(String channel, String outcome, String reason, long number);
  }

  /**
   * Goes on with what the alerts file says now; on the thread that evaluates the rules.
   *
   * @throws FileFault if it cannot be used; then everything stays as it was
   */
  void reload(YamlNode root, Resource service) throws FileFault;

  /** Says how often what became of notifications; for any thread. */
  void counts(Counter into);

  /** Sends what is still to be said, within the time, and ends. */
  void close(long timeoutMillis);
}
