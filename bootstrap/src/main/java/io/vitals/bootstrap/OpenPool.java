/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.lang.ref.WeakReference;

/**
 * A pool that the application has made, as long as the application holds it.
 *
 * @param <P> the library's type
 */
public final class OpenPool<P> extends WeakReference<P> {
  /** What the application, or the library in a way that lasts, calls the pool; or null. */
  public final String name;

  /** The connection URL, or null; it may hold credentials. */
  public final String url;

  /** The name of the hook. */
  public final String hook;

  /** Weak, because its class is of the pool's class loader. */
  private final WeakReference<PoolReader<P>> reader;

  OpenPool(P pool, PoolReader<P> reader, String name, String url) {
    super(pool);
    this.reader = new WeakReference<>(reader);
    this.hook = reader.hook;
    this.name = name;
    this.url = url;
  }

  /**
   * Borrows a connection for a moment and asks it whether it is alive; makes no span. Waits as long
   * as the pool and the driver do.
   *
   * @throws Exception what the pool throws; also if it is gone
   */
  public boolean isValid(int timeoutMillis) throws Exception {
    P pool = get();
    PoolReader<P> how = reader.get();
    if (pool == null || how == null) {
      throw new IllegalStateException("the pool is gone");
    }
    Current current = Current.get();
    Span before = current.span;
    // What the driver executes for it, here or on threads of its own, is part of a call that never
    // ends, and so is never shown.
    Probe.startDb(current).bits &= ~Span.RECORDED;
    try {
      return how.isValid(pool, timeoutMillis);
    } finally {
      current.span = before;
    }
  }

  /**
   * Reads how the pool is doing; never throws.
   *
   * @return false if there is nothing to say: it is gone, closed, or failed to answer, which is
   *     counted
   */
  public boolean read(PoolState into) {
    into.clear();
    P pool = get();
    PoolReader<P> how = reader.get();
    if (pool == null || how == null) {
      return false;
    }
    try {
      return how.read(pool, into);
    } catch (Throwable failed) {
      Probe.failure(failed, hook);
      return false;
    }
  }
}
