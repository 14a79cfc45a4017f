/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import io.agroal.pool.ConnectionPool;
import io.vitals.bootstrap.ConnectionPools;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;

/** Shows how the pools of Agroal are doing, whether or not its own metrics are on. */
@Supported(
    library = "Agroal",
    tested = "1.17, 3.2",
    gives = "`db.client.connection.count`, `.pending_requests`, `.max`")
public final class AgroalHook extends Hook {
  /** Declares the hook. */
  public AgroalHook() {
    super("agroal");
    helper(Borrowed.class);
    helper(AgroalReader.class);
    type("io.agroal.pool.ConnectionPool")
        .advise("init", "()", Pool.class)
        .advise("close", "()", Closed.class);
  }

  /** A pool that there is. */
  static final class Pool {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This ConnectionPool pool) {
      AgroalReader.opened(pool);
    }
  }

  /** A pool that is no longer used. */
  static final class Closed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object pool) {
      ConnectionPools.closed(pool);
    }
  }
}
