/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

/** What weaving knows of the class at hand. */
final class WovenType {
  /** Its internal name. */
  final String name;

  /** Whether its code has stack map frames: Java 6 and later. */
  final boolean hasFrames;

  final Fields fields;

  WovenType(String name, boolean hasFrames, Fields fields) {
    this.name = name;
    this.hasFrames = hasFrames;
    this.fields = fields;
  }
}
