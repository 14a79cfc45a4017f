/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The attribute keys of captured headers, in the order in which hooks give the values. */
final class HeaderKeys {
  private final Key<List<String>>[] keys;

  private HeaderKeys(Key<List<String>>[] keys) {
    this.keys = keys;
  }

  static HeaderKeys request(String[] names) {
    return of("http.request.header.", names);
  }

  static HeaderKeys response(String[] names) {
    return of("http.response.header.", names);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static HeaderKeys of(String prefix, String[] names) {
    Key<List<String>>[] keys = new Key[names.length];
    for (int i = 0; i < names.length; i++) {
      keys[i] = Key.texts(prefix + names[i].toLowerCase(Locale.ROOT));
    }
    return new HeaderKeys(keys);
  }

  /**
   * Shows the values that came.
   *
   * @param values one text a header, null if it did not come; a line feed, which no header can
   *     hold, stands between the values of a header that came more than once
   */
  void put(SpanAttributes into, String[] values) {
    if (values == null) {
      return;
    }
    for (int i = 0; i < keys.length && i < values.length; i++) {
      if (values[i] != null) {
        into.put(keys[i], Arrays.asList(values[i].split("\n", -1)));
      }
    }
  }
}
