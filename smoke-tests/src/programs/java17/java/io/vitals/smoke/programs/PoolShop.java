/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.alibaba.druid.pool.DruidDataSource;
import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.vibur.dbcp.ViburDBCPDataSource;

/**
 * Executes the same statements on H2 through every pool, each one a page; {@code /none} has none.
 * Each pool has two connections at most, which further pages hold.
 */
public final class PoolShop {
  private static final String URL = "jdbc:h2:mem:pools;DB_CLOSE_DELAY=-1";
  private static final String USER = "sa";

  private PoolShop() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    try (Connection connection = DriverManager.getConnection(URL, USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute("create table orders (id int primary key, item varchar(40))");
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AlikePage.page(server, "/none", () -> DriverManager.getConnection(URL, USER, ""));
    Map<String, DataSource> pools = pools();
    for (Map.Entry<String, DataSource> pool : pools.entrySet()) {
      AlikePage.page(server, "/" + pool.getKey(), pool.getValue()::getConnection);
      HeldConnections.pages(server, pool.getKey(), pool.getValue());
    }
    ForgottenPool.pages(server);
    server.start();
    Console.serve(server.getAddress().getPort());
    server.stop(0);
    for (DataSource pool : pools.values()) {
      HeldConnections.close(pool);
    }
  }

  private static Map<String, DataSource> pools() throws Exception {
    Map<String, DataSource> pools = new LinkedHashMap<>();
    HikariDataSource hikari = new HikariDataSource();
    hikari.setJdbcUrl(URL);
    hikari.setUsername(USER);
    hikari.setPassword("");
    hikari.setPoolName("hikari");
    hikari.setMaximumPoolSize(2);
    hikari.setMinimumIdle(1);
    pools.put("hikari", hikari);
    org.apache.tomcat.jdbc.pool.DataSource tomcat = new org.apache.tomcat.jdbc.pool.DataSource();
    tomcat.setDriverClassName("org.h2.Driver");
    tomcat.setUrl(URL);
    tomcat.setUsername(USER);
    tomcat.setPassword("");
    tomcat.setName("tomcat-jdbc");
    tomcat.setMaxActive(2);
    tomcat.setMaxIdle(2);
    tomcat.setMinIdle(1);
    tomcat.setInitialSize(1);
    pools.put("tomcat-jdbc", tomcat);
    org.apache.tomcat.dbcp.dbcp2.BasicDataSource tomcatDbcp =
        new org.apache.tomcat.dbcp.dbcp2.BasicDataSource();
    tomcatDbcp.setUrl(URL);
    tomcatDbcp.setUsername(USER);
    tomcatDbcp.setPassword("");
    tomcatDbcp.setJmxName("io.example:type=pool,name=tomcat-dbcp");
    tomcatDbcp.setMaxTotal(2);
    tomcatDbcp.setMaxIdle(2);
    tomcatDbcp.setMinIdle(1);
    tomcatDbcp.setPoolPreparedStatements(true);
    pools.put("tomcat-dbcp", tomcatDbcp);
    org.apache.commons.dbcp2.BasicDataSource dbcp = new org.apache.commons.dbcp2.BasicDataSource();
    dbcp.setUrl(URL);
    dbcp.setUsername(USER);
    dbcp.setPassword("");
    dbcp.setJmxName("io.example:type=pool,name=dbcp2");
    dbcp.setMaxTotal(2);
    dbcp.setMaxIdle(2);
    dbcp.setMinIdle(1);
    dbcp.setPoolPreparedStatements(true);
    pools.put("dbcp2", dbcp);
    ComboPooledDataSource c3p0 = new ComboPooledDataSource();
    c3p0.setJdbcUrl(URL);
    c3p0.setUser(USER);
    c3p0.setPassword("");
    c3p0.setDataSourceName("c3p0");
    c3p0.setMaxPoolSize(2);
    c3p0.setMinPoolSize(1);
    c3p0.setInitialPoolSize(1);
    c3p0.setAcquireIncrement(1);
    c3p0.setMaxStatements(20);
    pools.put("c3p0", c3p0);
    DruidDataSource druid = new DruidDataSource();
    druid.setUrl(URL);
    druid.setUsername(USER);
    druid.setPassword("");
    druid.setName("druid");
    druid.setMaxActive(2);
    druid.setMinIdle(1);
    druid.setInitialSize(1);
    druid.setPoolPreparedStatements(true);
    pools.put("druid", druid);
    pools.put("agroal", agroal());
    ViburDBCPDataSource vibur = new ViburDBCPDataSource();
    vibur.setJdbcUrl(URL);
    vibur.setUsername(USER);
    vibur.setPassword("");
    vibur.setName("vibur");
    vibur.setPoolMaxSize(2);
    vibur.setPoolInitialSize(1);
    vibur.start();
    pools.put("vibur", vibur);
    return pools;
  }

  private static DataSource agroal() throws SQLException {
    AgroalDataSourceConfigurationSupplier configuration =
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(2)
                        .connectionFactoryConfiguration(
                            factory ->
                                factory
                                    .jdbcUrl(URL)
                                    .principal(new NamePrincipal(USER))
                                    .credential(new SimplePassword(""))));
    return AgroalDataSource.from(configuration);
  }
}
