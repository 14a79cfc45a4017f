/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What is known of a connection or statement of a driver, found by the identity of that object.
 *
 * <p>Entries lie in one lock-free table of fixed size. The object is held weakly; entries whose
 * object is gone are cleared by whoever puts another near them. An entry that finds no place puts
 * out another, whose statements then show less; {@link #forgotten} counts them.
 *
 * <p>Any thread may call; the fields of a batch belong to the thread that uses the statement. Cost:
 * an identity hash and up to {@value #WINDOW} reads to find, 56 bytes and one compare-and-set to
 * put.
 */
public final class Known extends WeakReference<Object> {
  /**
   * Places: fifty connections with a hundred prepared statements each fill five eighths; 32 KB of
   * references.
   */
  static final int PLACES = 1 << 13;

  private static final int SHIFT = 32 - 13;

  /** Places where one object may be. */
  static final int WINDOW = 8;

  /** Texts that a batch keeps to be shown; what further ones say is nearly always the same. */
  static final int MOST_TEXTS = 32;

  private static final AtomicReferenceArray<Known> TABLE =
      new AtomicReferenceArray<>(PLACES + WINDOW);

  private static final AtomicLong FORGOTTEN = new AtomicLong();

  final Database database;

  /** The text that was prepared, or null. */
  final String sql;

  private final int hash;

  /** How many operations were added since the batch was last executed or cleared. */
  int batched;

  /** {@link #batched} before the call that is adding one. */
  private int before;

  private String[] texts;

  private Known(Object object, int hash, Database database, String sql) {
    super(object);
    this.hash = hash;
    this.database = database;
    this.sql = sql;
  }

  /** What is known of an object, or null. */
  static Known of(Object object) {
    int hash = System.identityHashCode(object);
    int first = place(hash);
    for (int at = first; at < first + WINDOW; at++) {
      Known known = TABLE.get(at);
      if (known != null && known.hash == hash && known.get() == object) {
        return known;
      }
    }
    return null;
  }

  /** Remembers the database of an object, and the text it was prepared with, or null. */
  static void put(Object object, Database database, String sql) {
    int hash = System.identityHashCode(object);
    Known entry = new Known(object, hash, database, sql);
    int first = place(hash);
    boolean placed = false;
    for (int at = first; at < first + WINDOW; at++) {
      Known old = TABLE.get(at);
      Object held = old == null ? null : old.get();
      if (held == object) {
        if (!placed && old.sql == sql && old.database == database) {
          return;
        }
        placed |= TABLE.compareAndSet(at, old, placed ? null : entry);
      } else if (held == null && !placed) {
        placed = TABLE.compareAndSet(at, old, entry);
      } else if (held == null && old != null) {
        TABLE.compareAndSet(at, old, null);
      }
    }
    if (!placed) {
      TABLE.set(first + (hash & WINDOW - 1), entry);
      FORGOTTEN.incrementAndGet();
    }
  }

  /** How many objects were put out by others since the start. */
  public static long forgotten() {
    return FORGOTTEN.get();
  }

  /** Notes that a call has begun that will add to the batch; calls may be nested. */
  void adding() {
    before = batched;
  }

  /**
   * Notes that the call is over, and what it added: a text, or null for a prepared one's values.
   */
  void added(String text) {
    if (text != null && before < MOST_TEXTS) {
      if (texts == null) {
        texts = new String[4];
      } else if (before == texts.length) {
        texts = grown();
      }
      texts[before] = text;
    }
    batched = before + 1;
  }

  private String[] grown() {
    String[] more = new String[texts.length * 2];
    System.arraycopy(texts, 0, more, 0, texts.length);
    return more;
  }

  /**
   * Forgets the batch, and returns its texts: the prepared one, or an array with null at its end.
   */
  Object takeBatch() {
    Object taken = sql != null ? sql : texts;
    texts = null;
    batched = 0;
    before = 0;
    return taken;
  }

  private static int place(int hash) {
    // Fibonacci hashing spreads the 25 to 31 bits of an identity hash over the top 13.
    return hash * 0x9E3779B9 >>> SHIFT;
  }
}
