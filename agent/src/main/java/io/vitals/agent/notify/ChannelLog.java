/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once a minute that a channel fails; confined to the channel's thread. */
final class ChannelLog {
  private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private long lastNanos = System.nanoTime() - EVERY_NANOS;
  private long suppressed;

  void failed(ChannelSettings channel, SendFailure failure) {
    if (isTime()) {
      logger()
          .warn(
              "notification by channel {} ({} to {}) not delivered, {}: {}; {} more failures were"
                  + " not shown",
              channel.name,
              channel.type,
              channel.sender.peer(),
              failure.reason.text(),
              failure.getMessage(),
              suppressed);
      suppressed = 0;
    }
  }

  /** A fault of our own: where it happened, without its message. */
  void fault(ChannelSettings channel, Throwable fault) {
    StackTraceElement[] stack = fault.getStackTrace();
    logger()
        .debug(
            "channel {}: {} at {}",
            channel.name,
            fault.getClass().getName(),
            stack.length == 0 ? "an unknown place" : stack[0]);
  }

  private boolean isTime() {
    long now = System.nanoTime();
    if (now - lastNanos < EVERY_NANOS) {
      suppressed++;
      return false;
    }
    lastNanos = now;
    return true;
  }

  private static Logger logger() {
    return LoggerFactory.getLogger(Notifier.class);
  }
}
