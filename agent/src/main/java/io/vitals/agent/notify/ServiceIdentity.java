/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

/** Who speaks: the service and its instance, as the resource names them. */
public final class ServiceIdentity {
  /** {@code service.name}. */
  public final String name;

  /** {@code service.instance.id}. */
  public final String instance;

  /** Gathers them. */
  public ServiceIdentity(String name, String instance) {
    this.name = name;
    this.instance = instance;
  }
}
