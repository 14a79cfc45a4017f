/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

/** The last step of one kind of channel: puts a notification into the peer's form and sends it. */
interface Sender {
  /**
   * Sends a notification and waits for the peer's answer, within the channel's timeout.
   *
   * <p>Called on the channel's own thread only.
   */
  void send(Notification notification) throws SendFailure;

  /** Whether it tells its peer of acknowledgements too. */
  default boolean takesAcknowledgements() {
    return false;
  }

  /** Breaks off what {@link #send} is doing; called on another thread. */
  void cancel();

  /** Where it sends, without anything secret: for the log. */
  String peer();
}
