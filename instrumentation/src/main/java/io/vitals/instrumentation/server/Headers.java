/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

/** The headers of a request, whichever library holds them. */
public interface Headers {
  /** The first value of a header, by its name in any case; null if there is none. */
  String first(String name);

  /** All values of a header, set apart by newlines, which no header can contain; or null. */
  String all(String name);
}
