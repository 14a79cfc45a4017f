/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.extension;

import java.io.IOException;

/** One channel's last step: takes notifications to where people read them. */
public interface AlertSink {
  /**
   * Sends, and returns when it has arrived.
   *
   * <p>Called on the channel's own thread only, which has a stack of 256 KB. A call that takes
   * three times the channel's {@code timeout} is interrupted; one that does not heed that holds up
   * its channel and nothing else. Nothing should be left open between two calls: when the alerts
   * file changes, another sink takes the place of this one.
   *
   * @throws RejectedException if it will not be taken, however often it is sent
   * @throws IOException if it did not arrive; it is tried again as {@code retries} says
   */
  void send(AlertNotification notification) throws IOException;
}
