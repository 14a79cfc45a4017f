/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/**
 * Executes the same statements on H2 through P6Spy and datasource-proxy, with HikariCP before and
 * behind them or without, each way a page; {@code /none} has no wrapper.
 */
public final class WrapperShop {
  private static final String REST = "h2:mem:wrapped;DB_CLOSE_DELAY=-1";
  private static final String URL = "jdbc:" + REST;
  private static final String SPIED = "jdbc:p6spy:" + REST;

  /** How many calls datasource-proxy has seen. */
  private static final AtomicInteger PROXIED = new AtomicInteger();

  private WrapperShop() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    try (Connection connection = DriverManager.getConnection(URL, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("create table orders (id int primary key, item varchar(40))");
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (HikariDataSource plain = pool(URL);
        HikariDataSource spied = pool(SPIED);
        HikariDataSource proxied = new HikariDataSource()) {
      proxied.setDataSource(proxied(unpooled()));
      proxied.setMaximumPoolSize(2);
      AlikePage.page(server, "/none", () -> DriverManager.getConnection(URL, "sa", ""));
      AlikePage.page(server, "/p6spy", () -> DriverManager.getConnection(SPIED, "sa", ""));
      AlikePage.page(server, "/p6spy-in-pool", spied::getConnection);
      AlikePage.page(server, "/proxy", proxied(unpooled())::getConnection);
      AlikePage.page(server, "/proxy-in-pool", proxied::getConnection);
      AlikePage.page(server, "/proxy-around-pool", proxied(plain)::getConnection);
      AlikePage.page(server, "/proxy-around-p6spy-in-pool", proxied(spied)::getConnection);
      server.start();
      Console.serve(server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
    System.out.println("proxied " + PROXIED);
  }

  private static HikariDataSource pool(String url) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setUsername("sa");
    pool.setPassword("");
    pool.setMaximumPoolSize(2);
    return pool;
  }

  private static DataSource unpooled() {
    org.h2.jdbcx.JdbcDataSource source = new org.h2.jdbcx.JdbcDataSource();
    source.setURL(URL);
    source.setUser("sa");
    source.setPassword("");
    return source;
  }

  private static DataSource proxied(DataSource source) {
    return ProxyDataSourceBuilder.create(source).listener(new Counting()).build();
  }

  /** Counts the calls. */
  private static final class Counting implements QueryExecutionListener {
    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
      PROXIED.incrementAndGet();
    }
  }
}
