/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import com.mchange.v2.c3p0.impl.C3P0PooledConnectionPool;
import io.vitals.bootstrap.ConnectionPools;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import javax.sql.ConnectionPoolDataSource;
import net.bytebuddy.asm.Advice;

/**
 * Shows how the pools of c3p0 are doing, of which a data source has one for each user that asks it
 * for connections.
 */
@Supported(
    library = "c3p0",
    tested = "0.9.5, 0.14",
    gives = "`db.client.connection.count`, `.pending_requests`")
public final class C3p0Hook extends Hook {
  /** Declares the hook. */
  public C3p0Hook() {
    super("c3p0", "c3p0-0.9");
    helper(Borrowed.class);
    helper(C3p0Reader.class);
    type("com.mchange.v2.c3p0.impl.C3P0PooledConnectionPoolManager")
        .advise("createPooledConnectionPool", "(", Created.class);
    type("com.mchange.v2.c3p0.impl.C3P0PooledConnectionPool").advise("close", "(Z)", Closed.class);
  }

  /** A pool that was made. */
  static final class Created {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("cpds") ConnectionPoolDataSource source,
        @Advice.FieldValue("parentDataSourceIdentityToken") String token,
        @Advice.FieldValue("parentDataSourceName") String name,
        @Advice.Return C3P0PooledConnectionPool pool) {
      C3p0Reader.opened(pool, source, token, name);
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
