/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.agent.weave.Exclusions;
import io.vitals.agent.weave.HookIndex;
import io.vitals.agent.weave.Transformer;
import io.vitals.agent.weave.WeavingReport;
import java.io.IOException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The classes of the pools that everybody has, which pass everything on, are not woven: their calls
 * would pay for what the driver below does anyway.
 *
 * <p>The names are those of the pools' releases of 2026; the classes are made here.
 */
class PoolsAreLeftAloneTest {
  private final WeavingReport report = new WeavingReport();

  @ParameterizedTest
  @CsvSource({
    // the connection, the statement, the prepared one, the callable one; all of that package
    "com.zaxxer.hikari.pool, HikariProxyConnection, HikariProxyStatement,"
        + " HikariProxyPreparedStatement, HikariProxyCallableStatement",
    "com.alibaba.druid.pool, DruidPooledConnection, DruidPooledStatement,"
        + " DruidPooledPreparedStatement, DruidPooledCallableStatement",
    "com.mchange.v2.c3p0.impl, NewProxyConnectionJdbc43Full, NewProxyStatement,"
        + " NewProxyPreparedStatement, NewProxyCallableStatement",
    "io.agroal.pool.wrapper, ConnectionWrapper, StatementWrapper, PreparedStatementWrapper,"
        + " CallableStatementWrapper",
    "org.apache.commons.dbcp2, PoolableConnection, DelegatingStatement,"
        + " PoolablePreparedStatement, PoolableCallableStatement",
    "org.apache.tomcat.dbcp.dbcp2, PoolableConnection, DelegatingStatement,"
        + " PoolablePreparedStatement, PoolableCallableStatement",
    "org.jboss.jca.adapters.jdbc, jdk8.WrappedConnectionJDK8, jdk8.WrappedStatementJDK8,"
        + " jdk8.WrappedPreparedStatementJDK8, jdk8.WrappedCallableStatementJDK8"
  })
  void pool_isNotWoven(
      String folder, String connection, String statement, String prepared, String callable)
      throws IOException {
    assertThat(woven(folder + "." + connection, Connection.class)).isNull();
    assertThat(woven(folder + "." + statement, Statement.class)).isNull();
    assertThat(woven(folder + "." + prepared, PreparedStatement.class)).isNull();
    assertThat(woven(folder + "." + callable, CallableStatement.class)).isNull();
    assertThat(report.refusedByReason()).isEmpty();
  }

  /** The same classes of anybody else are. */
  @Test
  void driver_isWoven() throws IOException {
    for (Class<?> type :
        List.of(
            Connection.class, Statement.class, PreparedStatement.class, CallableStatement.class)) {
      assertThat(woven("com.example.pool.Driver" + type.getSimpleName(), type))
          .as(type.getName())
          .isNotNull();
    }
    assertThat(report.refusedByReason()).isEmpty();
  }

  /** The class file that such a class gets, or null if it stays what it is. */
  private byte[] woven(String name, Class<?> type) throws IOException {
    byte[] plain =
        new ByteBuddy()
            .subclass(type)
            .name(name)
            .method(ElementMatchers.isAbstract())
            .intercept(StubMethod.INSTANCE)
            .make()
            .getBytes();
    HookIndex index =
        HookIndex.read(
            IndexFile.write(),
            new HookIndex.Choices() {
              @Override
              public boolean isOn(List<String> names, boolean byDefault) {
                return byDefault;
              }

              @Override
              public Map<String, List<String>> methods(String property) {
                return Map.of();
              }
            });
    // The transformer leaves alone what its own loader loads.
    ClassLoader loader = new ClassLoader(PoolsAreLeftAloneTest.class.getClassLoader()) {};
    return new Transformer(index, new Exclusions(List.of(), List.of()), report)
        .transform(loader, name.replace('.', '/'), null, null, plain);
  }
}
