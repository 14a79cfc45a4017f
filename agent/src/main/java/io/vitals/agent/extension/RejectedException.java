/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.extension;

import java.io.IOException;

/** A notification will never be taken, so it is not to be tried again. */
public final class RejectedException extends IOException {
  private static final long serialVersionUID = 1;

  /** With what the log is to say. */
  public RejectedException(String message) {
    super(message);
  }
}
