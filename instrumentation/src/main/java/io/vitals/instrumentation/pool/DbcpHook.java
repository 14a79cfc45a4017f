/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** Shows how the pools of Apache DBCP 2 are doing. */
@Supported(library = "Apache DBCP 2", tested = "2.0, 2.14", gives = "as the Tomcat JDBC pool")
public final class DbcpHook extends Hook {
  /** Declares the hook. */
  public DbcpHook() {
    super("apache-dbcp", "apache-dbcp-2.0");
    helper(JmxNames.class);
    helper(Borrowed.class);
    helper(DbcpReader.class);
    // Once for each pool; createDataSource is called for each connection.
    type("org.apache.commons.dbcp2.BasicDataSource")
        .advise("createConnectionPool", "(", Pool.class);
  }

  /** A pool that was made for a data source. */
  static final class Pool {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This BasicDataSource source,
        @Advice.FieldValue("connectionPool") GenericObjectPool<?> pool) {
      DbcpReader.opened(source, pool);
    }
  }
}
