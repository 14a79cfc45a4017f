/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.instrumentation.db.QuickDriver;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
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
      seen = openSpan();
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
    if (woven != (seen != null)) {
      throw new IllegalStateException("woven: " + woven + " expected, but the span is " + seen);
    }
  }

  /** The class of the span that is open on this thread, or null. */
  private static String openSpan() {
    try {
      Method span = Class.forName("java.lang.VitalsCurrent").getMethod("span");
      Object open = span.invoke(null);
      return open == null ? null : open.getClass().getName();
    } catch (ReflectiveOperationException noAgent) {
      return null;
    }
  }
}
