/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** Pages of an application that treats its threads badly, on Tomcat with large headers allowed. */
public final class TomcatInsults {
  private TomcatInsults() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    Path base = Files.createTempDirectory("insults");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxHttpHeaderSize", "300000");
    try (Connection database = DriverManager.getConnection("jdbc:h2:mem:insults")) {
      Context context = tomcat.addContext("", base.toString());
      add(context, "/plain", () -> "plain");
      add(context, "/statement", () -> one(database, "SELECT 1"));
      add(context, "/recursion", () -> "" + deeper(0));
      add(
          context,
          "/memory",
          () -> {
            throw new OutOfMemoryError("an insult");
          });
      add(
          context,
          "/death",
          () -> {
            throw new ThreadDeath();
          });
      add(
          context,
          "/amnesia",
          () -> {
            one(database, "SELECT 2");
            forget();
            return one(database, "SELECT 3");
          });
      add(context, "/tables", () -> tables(database));
      tomcat.start();
      Console.serve(tomcat.getConnector().getLocalPort());
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private static String one(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
      return "done";
    }
  }

  /** Ends in a {@code StackOverflowError}. */
  private static long deeper(long depth) {
    return deeper(depth + 1) + depth;
  }

  /** What frameworks do that clean up the threads of a pool: no thread-local value is left. */
  private static void forget() throws ReflectiveOperationException {
    Field values = Thread.class.getDeclaredField("threadLocals");
    values.setAccessible(true);
    values.set(Thread.currentThread(), null);
  }

  /** Three thousand statements of which no two have the same summary. */
  private static String tables(Connection database) throws SQLException {
    for (int i = 0; i < 3000; i++) {
      one(database, "CREATE TABLE t" + i + " (a INT)");
    }
    return "3000";
  }

  private static void add(Context context, String path, Callable<String> page) {
    Tomcat.addServlet(context, path, new Page(page));
    context.addServletMappingDecoded(path, path);
  }

  /** A page of any method. */
  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1;
    private final transient Callable<String> text;

    Page(Callable<String> text) {
      this.text = text;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        response.getWriter().print(text.call());
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
