/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.attach;

/** Says to a person why a JVM could not be reached, and what to do. */
final class AttachFailure extends Exception {
  private static final long serialVersionUID = 1;

  AttachFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
