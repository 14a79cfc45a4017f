/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import net.bytebuddy.asm.Advice;

/** Shows how the pools of Alibaba's Druid are doing. */
@Supported(library = "Alibaba Druid", tested = "1.0, 1.2", gives = "as the Tomcat JDBC pool")
public final class DruidHook extends Hook {
  /** Declares the hook. */
  public DruidHook() {
    super("alibaba-druid", "alibaba-druid-1.0");
    helper(Borrowed.class);
    helper(DruidReader.class);
    // Where a pool that has started comes by once; a small class, which DruidDataSource is not.
    type("com.alibaba.druid.stat.DruidDataSourceStatManager")
        .advise("addDataSource", "(Ljava/lang/Object;Ljava/lang/String;)", Pool.class);
  }

  /** A pool that there is. */
  static final class Pool {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Object pool, @Advice.Argument(1) String name) {
      DruidReader.opened(pool, name);
    }
  }
}
