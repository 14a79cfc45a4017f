/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.benchmarks.OpenSpan;
import io.vitals.instrumentation.db.QuickDriver;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Consumer;

/** What the servlet does: statements on a database that costs nothing, and a look at the agent. */
public final class ShopWork implements Consumer<HttpServletRequest> {
  private final PreparedStatement statement;
  private final int statements;
  private boolean look;
  private String seen;

  /** Work with so many statements a request. */
  public ShopWork(int statements) throws SQLException {
    this.statements = statements;
    this.statement =
        new QuickDriver()
            .connect("jdbc:postgresql://db.example.com/shop", new Properties())
            .prepareStatement("SELECT * FROM orders WHERE id = ?");
  }

  @Override
  public void accept(HttpServletRequest request) {
    if (look) {
      seen = OpenSpan.className();
    }
    try {
      for (int i = 0; i < statements; i++) {
        statement.executeQuery();
      }
    } catch (SQLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Fails unless the server is woven exactly if it is expected, so that no figure of an agent that
   * did nothing is ever believed.
   */
  public void verify(SocketlessTomcat tomcat, boolean woven) throws Exception {
    look = true;
    tomcat.serve();
    look = false;
    OpenSpan.check(woven, seen);
  }
}
