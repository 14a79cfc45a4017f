/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

/** Above the class that is woven; it is not woven itself. */
public class AbovePrograms {
  protected String inherited = "inherited";
}
