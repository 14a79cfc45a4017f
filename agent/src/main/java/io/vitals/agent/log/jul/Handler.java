/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.log.jul;

/** Stands in for {@code java.util.logging.Handler} in the agent's libraries; there is none. */
public class Handler {
  private Handler() {}

  /** Does nothing. */
  public void flush() {}
}
