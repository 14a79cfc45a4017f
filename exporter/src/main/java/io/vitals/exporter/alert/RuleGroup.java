/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import java.util.List;

/** Rules that are evaluated together, one after the other, once an interval. */
final class RuleGroup {
  final String name;
  final long intervalNanos;
  final List<Rule> rules;

  RuleGroup(String name, long intervalNanos, List<Rule> rules) {
    this.name = name;
    this.intervalNanos = intervalNanos;
    this.rules = rules;
  }
}
