/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

/** Takes a pool's name out of the name under which it is registered with JMX. */
public final class JmxNames {
  private static final String KEY = "name=";

  private JmxNames() {}

  /** What {@code domain:type=pool,name=this} says; all of it if it has no such key. */
  static String name(String jmxName) {
    if (jmxName == null) {
      return null;
    }
    int colon = jmxName.indexOf(':');
    for (int at = jmxName.indexOf(KEY); at >= 0; at = jmxName.indexOf(KEY, at + 1)) {
      if (at > colon && (at == colon + 1 || jmxName.charAt(at - 1) == ',')) {
        int end = jmxName.indexOf(',', at);
        return jmxName.substring(at + KEY.length(), end < 0 ? jmxName.length() : end);
      }
    }
    return jmxName;
  }
}
