/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.config;

/** One value as the user wrote it, and where. */
final class Setting {
  final String name;
  final String value;
  final String origin;

  /** Whether it came from the environment, which is often shared with programs not in Java. */
  final boolean fromEnvironment;

  Setting(String name, String value, String origin, boolean fromEnvironment) {
    this.name = name;
    this.value = value;
    this.origin = origin;
    this.fromEnvironment = fromEnvironment;
  }
}
