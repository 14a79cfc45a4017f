/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/** A request that this process answers. */
public final class ServerSpan extends Span {
  /** The method as it came in. */
  public String method;

  /** The matched route with the application's root, or null. */
  public String route;

  /** What only a recorded trace shows, or null. */
  public ServerDetails details;
}
