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
 * <p>Entries lie in one lock-free table of fixed size, and their hashes beside it, so that only the
 * entry that is meant is touched: entries are scattered over the heap, and each costs a wait for
 * memory. The object is held weakly; whoever puts another clears what is gone of its neighbours. An
 * entry that finds no place puts out another, whose statements then show less; {@link #forgotten}
 * counts them.
 *
 * <p>The collector has to copy each entry and to look at its reference, so the fewer the better:
 * statements that are closed go to a small table of their own, where each stays until another takes
 * its place. What is executed on one of them fails, and its span still tells what that was.
 *
 * <p>Any thread may call; the fields of a batch belong to the thread that uses the statement. Cost:
 * an identity hash and a line of hashes to find; to put, 48 bytes, one compare-and-set and as a
 * rule one entry touched.
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

  /**
   * The hash of the entry at each place. Not volatile: who has an object of another thread has got
   * it in an orderly way, or may find nothing known of it.
   */
  private static final int[] HASHES = new int[PLACES + WINDOW];

  /**
   * Neighbours looked at for each entry that is put: with two, a third of all places are held by
   * what is gone.
   */
  private static final int SWEPT = 2;

  /** Places of what is closed; a statement is executed after it was closed soon or never. */
  static final int CLOSED_PLACES = 1 << 9;

  /** Characters of a text that is kept when its statement is closed. */
  static final int LONGEST_CLOSED = 8 << 10;

  private static final AtomicReferenceArray<Known> CLOSED =
      new AtomicReferenceArray<>(CLOSED_PLACES);

  private static final AtomicLong FORGOTTEN = new AtomicLong();

  final Database database;

  /** The text that was prepared, or null. */
  final String sql;

  /** How many operations were added since the batch was last executed or cleared. */
  int batched;

  /** {@link #batched} before the call that is adding one. */
  private int before;

  private String[] texts;

  private Known(Object object, Database database, String sql) {
    super(object);
    this.database = database;
    this.sql = sql;
  }

  /** What is known of an object, or null. */
  static Known of(Object object) {
    int hash = System.identityHashCode(object);
    int first = place(hash);
    for (int at = first; at < first + WINDOW; at++) {
      Known known = entry(at, hash, object);
      if (known != null) {
        return known;
      }
    }
    return closedEntry(hash, object);
  }

  /** Notes that an object was closed, and as a rule is of no use any more. */
  static void closed(Object object) {
    int hash = System.identityHashCode(object);
    int first = place(hash);
    for (int at = first; at < first + WINDOW; at++) {
      Known known = entry(at, hash, object);
      if (known != null && TABLE.compareAndSet(at, known, null)) {
        // Null, too, so that nothing is left of when the same object was closed before.
        CLOSED.lazySet(hash & CLOSED_PLACES - 1, known.isSmall() ? known : null);
        return;
      }
    }
  }

  /** Remembers the database of an object, and the text it was prepared with, or null. */
  static void put(Object object, Database database, String sql) {
    int hash = System.identityHashCode(object);
    int first = place(hash);
    for (int at = first; at < first + WINDOW; at++) {
      Known old = entry(at, hash, object);
      if (old != null) {
        boolean same = old.sql == sql && old.database == database;
        if (same || TABLE.compareAndSet(at, old, new Known(object, database, sql))) {
          return;
        }
      }
    }
    place(new Known(object, database, sql), hash, first);
  }

  /** The entry at a place if it is the object's, or null. */
  private static Known entry(int at, int hash, Object object) {
    Known known = HASHES[at] == hash ? TABLE.get(at) : null;
    return known != null && known.get() == object ? known : null;
  }

  /** The same among what is closed. */
  private static Known closedEntry(int hash, Object object) {
    Known closed = CLOSED.get(hash & CLOSED_PLACES - 1);
    return closed != null && closed.get() == object ? closed : null;
  }

  /** Whether it may stay when its object is gone: 512 at most hold 8 MB of texts. */
  private boolean isSmall() {
    return texts == null && (sql == null || sql.length() <= LONGEST_CLOSED);
  }

  private static void place(Known entry, int hash, int first) {
    // Windows overlap, so each begins anywhere in its own: neighbours then do not crowd.
    for (int i = 0; i < WINDOW; i++) {
      int at = first + (hash + i & WINDOW - 1);
      Known old = TABLE.get(at);
      if ((old == null || old.get() == null) && TABLE.compareAndSet(at, old, entry)) {
        HASHES[at] = hash;
        for (int next = i + 1; next <= i + SWEPT; next++) {
          sweep(first + (hash + next & WINDOW - 1));
        }
        return;
      }
    }
    int at = first + (hash & WINDOW - 1);
    Known old = TABLE.getAndSet(at, entry);
    HASHES[at] = hash;
    FORGOTTEN.incrementAndGet();
    forgetClosed(old == null ? null : old.get());
  }

  /** Lest an object that is put out is known by the text with which it was closed before. */
  private static void forgetClosed(Object object) {
    int hash = System.identityHashCode(object);
    Known closed = object == null ? null : closedEntry(hash, object);
    if (closed != null) {
      CLOSED.compareAndSet(hash & CLOSED_PLACES - 1, closed, null);
    }
  }

  private static void sweep(int at) {
    Known old = TABLE.get(at);
    if (old != null && old.get() == null) {
      TABLE.compareAndSet(at, old, null);
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
