/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.example.shop;

import io.vitals.agent.extension.AlertNotification;
import io.vitals.agent.extension.AlertSink;
import io.vitals.agent.extension.ChannelType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Channels that write a line for each alert into the file {@code path}, signed by {@code key}. */
final class FileChannelType implements ChannelType {
  @Override
  public String type() {
    return "file";
  }

  @Override
  public AlertSink open(Map<String, String> options) {
    if (!options.containsKey("path") || !options.containsKey("key")) {
      throw new IllegalArgumentException("path and key (or key_env, key_file)");
    }
    Path path = Paths.get(options.get("path"));
    String key = options.get("key");
    return notification -> write(path, key, notification);
  }

  private static void write(Path path, String key, AlertNotification notification)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    for (AlertNotification.Alert alert : notification.alerts()) {
      lines.append(alert.isFiring() ? "firing " : "resolved ").append(alert.name());
      lines.append(' ').append(alert.severity()).append(' ').append(alert.labels());
      lines.append(' ').append(alert.summary());
      lines.append(" by ").append(notification.service());
      lines.append(" signed ").append(key.length()).append('\n');
    }
    Files.write(
        path,
        lines.toString().getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
