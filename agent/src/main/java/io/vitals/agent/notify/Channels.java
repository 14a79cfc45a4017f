/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.agent.host.Extensions;
import io.vitals.exporter.alert.AlertChannels;
import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.util.concurrent.TimeUnit;

/** The channels of an alerts file; nothing is made before a file names one. */
public final class Channels implements AlertChannels {
  private final Extensions extensions;
  private volatile Notifier notifier;

  /** None yet; of types of the agent's own, or of these extensions. */
  public Channels(Extensions extensions) {
    this.extensions = extensions;
  }

  @Override
  public void reload(YamlNode root, Resource resource) throws FileFault {
    Notifier running = notifier;
    if (running != null) {
      running.reload(root);
    } else if (namesAny(root)) {
      ServiceIdentity service =
          new ServiceIdentity(
              text(resource, "service.name"), text(resource, "service.instance.id"));
      Notifier made = Notifier.of(root, service, extensions.channelTypes());
      made.start();
      notifier = made;
    }
  }

  private static boolean namesAny(YamlNode root) throws FileFault {
    for (String field : Notifier.FIELDS) {
      if (root.field(field) != null) {
        return true;
      }
    }
    return false;
  }

  private static String text(Resource resource, String name) {
    return String.valueOf(resource.getAttribute(AttributeKey.stringKey(name)));
  }

  @Override
  public void changed(AlertEvent event) {
    Notifier running = notifier;
    if (running != null) {
      running.changed(event);
    }
  }

  @Override
  public void counts(Counter into) {
    Notifier running = notifier;
    if (running != null) {
      for (ChannelCount count : running.counts()) {
        into.count(count.channel, count.outcome, count.reason, count.count);
      }
    }
  }

  @Override
  public void close(long timeoutMillis) {
    Notifier running = notifier;
    if (running != null) {
      running.close(timeoutMillis, TimeUnit.MILLISECONDS);
    }
  }

  /** What people are told of, or null if there are no channels. */
  public Notifier notifier() {
    return notifier;
  }
}
