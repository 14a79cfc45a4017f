/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;
import org.apache.tomcat.jdbc.pool.ConnectionPool;

/** Shows how the pools of Tomcat's JDBC pool are doing. */
@Supported(
    library = "Tomcat JDBC pool",
    tested = "8.5, 11.0",
    gives = "`db.client.connection.count`, `.pending_requests`, `.max`, `.idle.min`, `.idle.max`")
public final class TomcatJdbcHook extends Hook {
  /** Declares the hook. */
  public TomcatJdbcHook() {
    super("tomcat-jdbc");
    helper(Borrowed.class);
    helper(TomcatJdbcReader.class);
    type("org.apache.tomcat.jdbc.pool.ConnectionPool")
        .advise("<init>", "(Lorg/apache/tomcat/jdbc/pool/PoolConfiguration;)", Pool.class);
  }

  /** A pool that there is. */
  static final class Pool {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This ConnectionPool pool) {
      TomcatJdbcReader.opened(pool);
    }
  }
}
