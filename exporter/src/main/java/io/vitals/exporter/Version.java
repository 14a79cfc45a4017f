/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of the agent, as the build wrote it. */
public final class Version {
  private Version() {}

  /** The version, or {@code unknown} where the build left none. */
  public static String get() {
    Properties properties = new Properties();
    try (InputStream stream = Version.class.getResourceAsStream("version.properties")) {
      if (stream != null) {
        properties.load(stream);
      }
    } catch (IOException unreadable) {
      // Said by the value.
    }
    return properties.getProperty("version", "unknown");
  }
}
