/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

/**
 * Is told of every transition of every alert, and every minute that it is still firing.
 *
 * <p>Called on the thread that evaluates the rules: an implementation puts the event into a bounded
 * queue of its own and returns; it never waits and never throws.
 */
public interface AlertListener {
  /** Takes an event. */
  void changed(AlertEvent event);
}
