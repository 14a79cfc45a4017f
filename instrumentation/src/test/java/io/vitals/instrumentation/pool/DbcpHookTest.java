/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.bootstrap.ConnectionPools;
import io.vitals.bootstrap.OpenPool;
import io.vitals.bootstrap.PoolState;
import io.vitals.instrumentation.db.WovenLoader;
import java.sql.Connection;
import java.util.Arrays;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A pool of DBCP says what it holds, from its making until it is closed. */
class DbcpHookTest {
  @Test
  void usedAndIdle_areWhatThePoolSays_untilItIsClosed() throws Exception {
    DataSource source = source(loader(), "io.example:type=pool,name=orders");
    Connection held = source.getConnection();
    source.getConnection().close();
    OpenPool<?> pool = ConnectionPools.open()[0];
    PoolState state = new PoolState();

    assertThat(pool.name).isEqualTo("orders");
    assertThat(pool.read(state)).isTrue();
    assertThat(Arrays.asList(state.used, state.idle, state.pending, state.idleMin, state.idleMax))
        .containsExactly(1, 1, 0, 0, 8);
    assertThat(state.max).as("of a pool without limit").isNegative();

    held.close();
    source.getClass().getMethod("close").invoke(source);
    assertThat(pool.read(state)).isFalse();
    assertThat(ConnectionPools.open()).isEmpty();
  }

  /** The hook's reader lies beside the pool, as in an application. */
  private static ClassLoader loader() {
    return new WovenLoader(
        new DbcpHook(),
        "org.apache.commons.dbcp2.",
        "org.apache.commons.pool2.",
        DbcpReader.class.getName(),
        JmxNames.class.getName());
  }

  private static DataSource source(ClassLoader loader, String jmxName) throws Exception {
    Class<?> type = loader.loadClass("org.apache.commons.dbcp2.BasicDataSource");
    Object source = type.getDeclaredConstructor().newInstance();
    type.getMethod("setUrl", String.class).invoke(source, "jdbc:h2:mem:dbcp");
    type.getMethod("setJmxName", String.class).invoke(source, jmxName);
    type.getMethod("setMaxTotal", int.class).invoke(source, -1);
    return (DataSource) source;
  }
}
