/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.ClockSource;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import java.sql.Connection;
import net.bytebuddy.asm.Advice;

/** Shows how the pools of HikariCP 3 and newer are doing. */
@Supported(
    library = "HikariCP",
    tested = "3.0, 4.0, 7.1",
    gives =
        "`db.client.connection.count`, `.pending_requests`, `.max`, "
            + "`.idle.min`, `.timeouts`, `.create_time`, `.wait_time`, `.use_time` of each pool")
public final class HikariHook extends Hook {
  /** Declares the hook. */
  public HikariHook() {
    super("hikaricp", "hikaricp-3.0");
    helper(Borrowed.class);
    helper(HikariReader.class);
    helper(HikariTimes.class);
    type("com.zaxxer.hikari.pool.HikariPool")
        .advise("<init>", "(Lcom/zaxxer/hikari/HikariConfig;)", Pool.class)
        // Where the pool's own thread comes by twice in half a minute: a pool from before the
        // agent.
        .advise("logPoolState", "(", Pool.class)
        .advise("createTimeoutException", "(J)", TimedOut.class);
    // Where it says since when the caller waits: with a tracker of the application, and without.
    type("com.zaxxer.hikari.pool.PoolBase$MetricsTrackerDelegate")
        .advise("recordBorrowStats", "(", Given.class);
    type("com.zaxxer.hikari.pool.PoolBase$IMetricsTrackerDelegate")
        .advise("recordBorrowStats", "(", Given.class);
    type("com.zaxxer.hikari.pool.PoolEntry")
        .advise("createProxyConnection", "(", Taken.class)
        .advise("recycle", "(", Returned.class);
    type("com.zaxxer.hikari.pool.PoolBase").advise("newConnection", "(", Created.class);
  }

  /** A pool that there is. */
  static final class Pool {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This HikariPool pool) {
      HikariReader.opened(pool);
    }
  }

  /** A caller that has waited in vain. */
  static final class TimedOut {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This HikariPool pool, @Advice.Argument(0) long start) {
      HikariReader.timedOut(pool);
      HikariTimes.waitedInVain(pool, start);
    }
  }

  /** A connection is found for a caller; its last step follows on this thread. */
  static final class Given {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(1) long start) {
      HikariTimes.givenSince(start);
    }
  }

  /** A caller has its connection. */
  static final class Taken {
    /** Sets the time that HikariCP sets, and reads, only where there is a tracker. */
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("hikariPool") HikariPool pool,
        @Advice.FieldValue(value = "lastBorrowed", readOnly = false) long borrowed) {
      borrowed = HikariTimes.borrowed(pool);
    }
  }

  /** A caller gives its connection back. */
  static final class Returned {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("hikariPool") HikariPool pool,
        @Advice.FieldValue("connection") Connection connection,
        @Advice.FieldValue("lastBorrowed") long borrowed) {
      // None is left in an entry that was closed.
      if (connection != null) {
        HikariTimes.returned(pool, borrowed);
      }
    }
  }

  /** A connection is made, or fails to be; not the one with which a pool begins to try. */
  static final class Created {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static long enter() {
      return ClockSource.currentTime();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
    static void exit(
        @Advice.Enter long start,
        @Advice.FieldValue("metricsTracker") Object tracker,
        @Advice.FieldValue("poolName") String pool) {
      if (tracker != null) {
        HikariTimes.created(pool, start);
      }
    }
  }
}
