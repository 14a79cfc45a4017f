/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/**
 * What a thread is doing now: the innermost open span and a little scratch space.
 *
 * <p>Confined to its thread. Cost: one thread-local read; 64 bytes a thread that ever had a span.
 */
public final class Current {
  private static final ThreadLocal<Current> SLOT = new ThreadLocal<>();

  /** The innermost open span of this thread, or null. */
  public Span span;

  /** Depth of calls that belong to the one already open; see the hook that uses it. */
  public int depth;

  /**
   * The route of what web frameworks have entered on this thread so far, below which they go on, or
   * null; whoever sets it sets it back.
   */
  public String within;

  /** What servlets answer on this thread in a container without a hook of its own, or null. */
  public ServletExchange exchange;

  /**
   * Since when this thread waits for a connection that a pool is about to give, by the pool's
   * clock; 0 if it does not.
   */
  public long waitingSince;

  /** The URL that a driver is connecting to on this thread, or null. */
  String connecting;

  /** How many statements were prepared on this thread; tells a pool's from a driver's. */
  int prepared;

  /** What the task that a pool's thread is running has opened here; see {@link Ticket}. */
  Scope lent;

  /**
   * Values of incoming headers in the order of {@link Propagation#fields}; made when a first one
   * comes, and used again.
   */
  private CharSequence[] incoming;

  /** Made when a first header comes as bytes, one a field, and used again. */
  private Latin1Text[] texts;

  private boolean anyIncoming;

  /** Made when a first header is written, and used again. */
  private byte[] digits;

  private Current() {}

  /** The slot of the calling thread, made when it is first asked for. */
  public static Current get() {
    Current current = SLOT.get();
    if (current == null) {
      current = new Current();
      SLOT.set(current);
    }
    return current;
  }

  /** The slot of the calling thread, or null if it was never asked for. */
  static Current ifAny() {
    return SLOT.get();
  }

  /** The innermost open span of the calling thread, or null; leaves no trace on the thread. */
  public static Span span() {
    Current current = SLOT.get();
    return current == null ? null : current.span;
  }

  /**
   * Notes the value of an incoming header for the {@link Probe#startServer} that follows on this
   * thread.
   *
   * @param field index into {@link Propagation#fields}
   * @param value the header's value, or null if it did not come
   */
  public void incoming(int field, String value) {
    if (value == null) {
      return;
    }
    note(field, value);
  }

  /**
   * The same for a header that lies in a buffer, which must hold it until the server span starts;
   * nothing is copied of what is read in place.
   */
  public void incoming(int field, byte[] bytes, int start, int length) {
    if (texts == null) {
      texts = new Latin1Text[Propagation.MOST_FIELDS];
    }
    Latin1Text text = texts[field];
    if (text == null) {
      text = texts[field] = new Latin1Text();
    }
    text.set(bytes, start, length);
    note(field, text);
  }

  private void note(int field, CharSequence value) {
    if (incoming == null) {
      incoming = new CharSequence[Propagation.MOST_FIELDS];
    }
    incoming[field] = value;
    anyIncoming = true;
  }

  /** Room for the bytes of a header that is written on this thread. */
  byte[] digits() {
    if (digits == null) {
      digits = new byte[Propagation.LONGEST_WRITTEN];
    }
    return digits;
  }

  /** Reads what has come into a span, forgets it, and says whether the remote parent is sampled. */
  boolean takeIncoming(Propagation propagation, Span into) {
    if (!anyIncoming) {
      return false;
    }
    anyIncoming = false;
    boolean sampled = propagation.read(incoming, into);
    for (int i = 0; i < incoming.length; i++) {
      if (incoming[i] instanceof Latin1Text) {
        ((Latin1Text) incoming[i]).clear();
      }
      incoming[i] = null;
    }
    return sampled;
  }
}
