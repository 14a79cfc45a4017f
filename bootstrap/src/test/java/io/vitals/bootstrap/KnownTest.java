/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Finds what is known of objects, whatever they make of equality, and forgets them with them. */
class KnownTest {
  private final Database database = new Database("jdbc:x", null);

  /** An object as hostile as the application's may be. */
  private static final class Hostile {
    @Override
    public int hashCode() {
      throw new IllegalStateException("hashCode");
    }

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("equals");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("toString");
    }
  }

  @Test
  void object_isFoundByItsIdentity() {
    Hostile one = new Hostile();
    Hostile other = new Hostile();
    Known.put(one, database, "SELECT 1");

    assertThat(Known.of(one).sql).isEqualTo("SELECT 1");
    assertThat(Known.of(one).database).isSameAs(database);
    assertThat(Known.of(other)).isNull();
  }

  @Test
  void objectPutAgain_isReplacedOrKept() {
    Object one = new Object();
    Known.put(one, database, "SELECT 1");
    Known first = Known.of(one);
    Known.put(one, database, first.sql);
    assertThat(Known.of(one)).isSameAs(first);

    Known.put(one, database, "SELECT 2");

    assertThat(Known.of(one).sql).isEqualTo("SELECT 2");
  }

  @Test
  void objectThatIsClosed_isKnownUntilOthersTookItsPlace_andAgainIfItIsHandedOutAgain() {
    Object one = new Object();
    Object other = new Object();
    Known.put(one, database, "SELECT 1");
    Known.put(other, database, "SELECT 2");

    Known.closed(one);
    Known.closed(one);
    assertThat(Known.of(one).sql).isEqualTo("SELECT 1");
    for (int i = 0; i < 100 * Known.CLOSED_PLACES; i++) {
      Object each = new Object();
      Known.put(each, database, null);
      Known.closed(each);
    }

    assertThat(Known.of(one)).isNull();
    assertThat(Known.of(other).sql).isEqualTo("SELECT 2");
    Known.put(one, database, "SELECT 3");
    assertThat(Known.of(one).sql).isEqualTo("SELECT 3");
  }

  @Test
  void objectThatWasClosedOnceAndIsPutOutLater_isNotKnownByItsFormerText() {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < Known.CLOSED_PLACES / 4; i++) {
      Object each = new Object();
      all.add(each);
      Known.put(each, database, "closed");
      Known.closed(each);
      Known.put(each, database, "again");
    }
    List<Object> others = new ArrayList<>();
    for (int i = 0; i < 4 * Known.PLACES; i++) {
      others.add(new Object());
      Known.put(others.get(i), database, null);
    }

    assertThat(all).anySatisfy(each -> assertThat(Known.of(each)).isNull());
    assertThat(all)
        .allSatisfy(
            each ->
                assertThat(Known.of(each)).matches(known -> known == null || known.sql == "again"));
    assertThat(others.stream().filter(each -> Known.of(each) != null).count())
        .isGreaterThan(Known.PLACES * 9L / 10);
  }

  @Test
  void textsThatWouldFillTheHeap_areNotKeptWhenTheirObjectIsClosed() {
    Object longest = new Object();
    Object tooLong = new Object();
    Object batch = new Object();
    char[] text = new char[Known.LONGEST_CLOSED];
    Known.put(longest, database, new String(text));
    Known.put(tooLong, database, new String(text) + "x");
    Known.put(batch, database, null);
    Known.of(batch).adding();
    Known.of(batch).added("INSERT");

    Known.closed(longest);
    Known.closed(tooLong);
    Known.closed(batch);

    assertThat(Known.of(longest)).isNotNull();
    assertThat(Known.of(tooLong)).isNull();
    assertThat(Known.of(batch)).isNull();
    // Handed out again, with another text.
    Known.put(longest, database, new String(text) + "x");
    Known.closed(longest);
    assertThat(Known.of(longest)).isNull();
  }

  @Test
  void objectsThatAreClosed_leaveTheirPlacesToOthers() {
    // Of what other tests have put.
    System.gc();
    long before = Known.forgotten();
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < 4 * Known.PLACES; i++) {
      Object each = new Object();
      all.add(each);
      Known.put(each, database, null);
      Known.closed(each);
    }

    assertThat(Known.forgotten()).isEqualTo(before);
    assertThat(all.stream().filter(each -> Known.of(each) != null).count())
        .isBetween(Known.CLOSED_PLACES / 2L, (long) Known.CLOSED_PLACES);
  }

  @Test
  void moreObjectsThanPlaces_forgetSomeAndCountThem() {
    long before = Known.forgotten();
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < 2 * Known.PLACES; i++) {
      Object each = new Object();
      all.add(each);
      Known.put(each, database, null);
    }

    long found = all.stream().filter(each -> Known.of(each) != null).count();
    assertThat(found).isGreaterThan(Known.PLACES * 9L / 10);
    assertThat(Known.forgotten() - before).isGreaterThanOrEqualTo(all.size() - found);
  }

  @Test
  void objectThatIsGone_isNotKept() {
    WeakReference<Object> gone = new WeakReference<>(new Object());
    Known.put(gone.get(), database, "SELECT 1");
    for (int i = 0; i < 100 && gone.get() != null; i++) {
      System.gc();
    }

    assertThat(gone.get()).isNull();
  }

  @Test
  void placesOfObjectsThatAreGone_areUsedAgain() {
    for (int i = 0; i < 20 * Known.PLACES; i++) {
      Known.put(new Object(), database, null);
      if (i % (Known.PLACES / 4) == 0) {
        System.gc();
      }
    }
    System.gc();
    long before = Known.forgotten();
    List<Object> few = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      few.add(new Object());
      Known.put(few.get(i), database, null);
    }

    assertThat(few).allSatisfy(each -> assertThat(Known.of(each)).isNotNull());
    assertThat(Known.forgotten()).isEqualTo(before);
  }

  @Test
  void threadsPuttingAtOnce_findTheirOwn() throws InterruptedException {
    AtomicInteger missing = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int i = 0; i < 50_000; i++) {
                  Object mine = new Object();
                  Known.put(mine, database, null);
                  missing.addAndGet(Known.of(mine) == null ? 1 : 0);
                }
              });
      thread.start();
      threads.add(thread);
    }
    long before = Known.forgotten();
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat((long) missing.get()).isLessThanOrEqualTo(Known.forgotten() - before);
  }

  @Test
  void batch_isCountedOnceThroughNestedCalls() {
    Object statement = new Object();
    Known.put(statement, database, null);
    for (int i = 0; i < 100; i++) {
      Known outer = Jdbc.adding(statement);
      Known inner = Jdbc.adding(statement);
      Jdbc.added(inner, "a" + i);
      Jdbc.added(outer, "a" + i);
    }
    Known known = Known.of(statement);

    assertThat(known.batched).isEqualTo(100);
    String[] texts = (String[]) known.takeBatch();
    assertThat(texts).hasSize(Known.MOST_TEXTS).startsWith("a0", "a1").endsWith("a31");
    assertThat(known.batched).isZero();
    assertThat(known.takeBatch()).isNull();
  }
}
