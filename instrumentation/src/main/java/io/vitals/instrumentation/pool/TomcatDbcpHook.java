/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;
import org.apache.tomcat.dbcp.dbcp2.BasicDataSource;
import org.apache.tomcat.dbcp.pool2.impl.GenericObjectPool;

/** Shows how the pools of Tomcat's own copy of DBCP 2 are doing. */
@Supported(
    library = "Tomcat's copy of DBCP 2",
    tested = "8.5, 11.0",
    gives = "as the Tomcat JDBC pool")
public final class TomcatDbcpHook extends Hook {
  /** Declares the hook. */
  public TomcatDbcpHook() {
    super("tomcat-dbcp");
    helper(JmxNames.class);
    helper(Borrowed.class);
    helper(TomcatDbcpReader.class);
    // Once for each pool; createDataSource is called for each connection.
    type("org.apache.tomcat.dbcp.dbcp2.BasicDataSource")
        .advise("createConnectionPool", "(", Pool.class);
  }

  /** A pool that was made for a data source. */
  static final class Pool {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This BasicDataSource source,
        @Advice.FieldValue("connectionPool") GenericObjectPool<?> pool) {
      TomcatDbcpReader.opened(source, pool);
    }
  }
}
