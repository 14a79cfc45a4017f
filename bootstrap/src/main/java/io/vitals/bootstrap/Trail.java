/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/**
 * What only some local roots have: a foreign {@code tracestate}, baggage, or so many spans that
 * they were handed off in parts.
 *
 * <p>Written by the thread that owns the root, but for {@link #leftOut}, which belongs to the drain
 * thread.
 */
public final class Trail {
  /** The {@code tracestate} header as it came in, or null. */
  public String traceState;

  /** The {@code baggage} header as it came in, or null. */
  public String baggage;

  /** {@link System#nanoTime()} of the newest hand-off of a part; 0 if there was none. */
  public long handedOffNanos;

  /** How many spans were handed off in parts. */
  public int handedOff;

  /** How many sampled spans the trace was spared; counted by the drain thread. */
  public int leftOut;
}
