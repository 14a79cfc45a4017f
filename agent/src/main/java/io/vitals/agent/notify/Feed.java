/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import java.util.List;

/**
 * What one channel has been told, and what it is to be told next.
 *
 * <p>Only touched under the {@link Notifier}'s lock; never waits.
 */
abstract class Feed {
  final Channel channel;
  final ServiceIdentity service;

  Feed(Channel channel, ServiceIdentity service) {
    this.channel = channel;
    this.service = service;
  }

  /** Sees that an alert is new or has changed; it may not be for this channel. */
  abstract void changed(TrackedAlert alert, long nowNanos);

  /** Tells of an alert that another channel was told of in vain, whatever its severity. */
  abstract void escalate(TrackedAlert alert, long nowNanos);

  /** Makes the notifications that are due. */
  abstract void work(long nowNanos, Mutes mutes);

  /** Makes everything due at once: there is no later. */
  abstract void hurry(long nowNanos);

  /** Adds the alerts that have waited too long for an acknowledgement; each once. */
  abstract void addUnanswered(List<TrackedAlert> unanswered, long nowNanos, Mutes mutes);

  /** Whether the channel has taken a notification of the alert. */
  abstract boolean hasToldOf(TrackedAlert alert);

  /** Whether a notification of the alert is on its way or has arrived. */
  abstract boolean hasHandedOver(TrackedAlert alert);

  /** Whether it still has something to say of the alert, or remembers it. */
  abstract boolean holds(TrackedAlert alert);

  /** Goes on with other settings for the same kind of channel. */
  abstract void configure(NotifySettings settings, ChannelSettings channelSettings, long now);

  /** Passes an acknowledgement on, if the channel's peer wants to know. */
  final void acknowledged(TrackedAlert alert, long nowEpochNanos) {
    if (channel.settings().sender.takesAcknowledgements() && hasHandedOver(alert)) {
      Notice notice = new Notice(alert, true);
      channel.offer(
          Notification.of(Notification.Kind.ACKNOWLEDGEMENT, notice, service, nowEpochNanos));
    }
  }
}
