/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;
import org.vibur.dbcp.ViburDBCPDataSource;

/** Shows how the pools of Vibur DBCP 11 and newer are doing. */
@Supported(
    library = "Vibur DBCP",
    tested = "11.0, 26.0",
    gives = "`db.client.connection.count`, `.max`")
public final class ViburHook extends Hook {
  /** Declares the hook. */
  public ViburHook() {
    super("vibur-dbcp", "vibur-dbcp-11.0");
    helper(Borrowed.class);
    helper(ViburReader.class);
    type("org.vibur.dbcp.ViburDBCPDataSource").advise("start", "()", Pool.class);
  }

  /** A pool that there is. */
  static final class Pool {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This ViburDBCPDataSource pool) {
      ViburReader.opened(pool);
    }
  }
}
