/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.inmemory;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Operations that come in bursts with rests between, so that what an agent does behind their back
 * has its time, at a rate that every agent's exporter keeps up with: an agent that drops its spans
 * is not the cheaper one.
 */
@State(Scope.Thread)
public abstract class Bursts {
  /** Milliseconds between bursts. */
  @Param("50")
  public int rest;

  private final int burst;
  private final boolean warmsUpWithRests;
  private int inBurst;
  private boolean rests;

  /** Of so many operations at once. */
  Bursts(int burst, boolean warmsUpWithRests) {
    this.burst = burst;
    this.warmsUpWithRests = warmsUpWithRests;
  }

  /** Decides whether this iteration has rests. */
  @Setup(Level.Iteration)
  public void pace(IterationParams iteration) {
    rests = warmsUpWithRests || iteration.getType() == IterationType.MEASUREMENT;
  }

  /** Rests after each burst. */
  @Setup(Level.Invocation)
  public void pause() {
    if (rests && ++inBurst == burst) {
      inBurst = 0;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(rest));
    }
  }
}
