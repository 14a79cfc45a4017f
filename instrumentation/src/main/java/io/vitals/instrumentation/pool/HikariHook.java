/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import com.zaxxer.hikari.pool.HikariPool;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;

/** Shows how the pools of HikariCP 3 and newer are doing. */
@Supported(
    library = "HikariCP",
    tested = "3.0, 4.0, 7.1",
    gives =
        "`db.client.connection.count`, `.pending_requests`, `.max`, "
            + "`.idle.min`, `.timeouts` of each pool")
public final class HikariHook extends Hook {
  /** Declares the hook. */
  public HikariHook() {
    super("hikaricp", "hikaricp-3.0");
    helper(Borrowed.class);
    helper(HikariReader.class);
    type("com.zaxxer.hikari.pool.HikariPool")
        .advise("<init>", "(Lcom/zaxxer/hikari/HikariConfig;)", Pool.class)
        // Where the pool's own thread comes by twice in half a minute: a pool from before the
        // agent.
        .advise("logPoolState", "(", Pool.class)
        .advise("createTimeoutException", "(J)", TimedOut.class);
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
    static void enter(@Advice.This HikariPool pool) {
      HikariReader.timedOut(pool);
    }
  }
}
