/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.db;

import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.Jdbc;
import io.vitals.bootstrap.Known;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import io.vitals.instrumentation.Target;
import java.util.Properties;
import net.bytebuddy.asm.Advice;
import org.mariadb.jdbc.Configuration;

/**
 * Times the statements, batches and transaction ends of every JDBC driver, and of what wraps one
 * but the pools that everybody has, which pass everything on.
 *
 * <p>A connection is remembered with its URL when the driver made it, a statement with its
 * connection's database and its text when the connection made it; see {@link Jdbc}.
 */
@Supported(
    library = "JDBC",
    tested =
        "any driver; H2, PostgreSQL, MariaDB 11.4 (Connector/J 4.0 of MariaDB "
            + "and 26.10 of MySQL, several hosts too), HSQLDB (1.8 too), Derby, "
            + "SQLite, DuckDB 2.0; HikariCP and other pools, P6Spy and "
            + "datasource-proxy, counted once",
    gives = "a CLIENT span and `db.client.operation.duration` for each statement " + "and batch")
public final class JdbcHook extends Hook {
  private static final String TEXT = "(Ljava/lang/String;";

  private static final String[] POOLS = {
    "com.alibaba.druid.pool",
    "com.mchange.v2.c3p0.impl",
    "com.zaxxer.hikari.pool",
    "io.agroal.pool.wrapper",
    "org.apache.commons.dbcp2",
    "org.apache.tomcat.dbcp.dbcp2",
    "org.jboss.jca.adapters.jdbc",
  };

  /** Declares the hook. */
  public JdbcHook() {
    super("jdbc");
    except(POOLS);
    typesBelow("java.sql.Driver")
        .advise("connect", "(Ljava/lang/String;Ljava/util/Properties;)", Connect.class)
        // What the data sources of HSQLDB and SQLite call instead.
        .advise("getConnection", "(Ljava/lang/String;Ljava/util/Properties;)", Connect.class)
        .advise("createConnection", "(Ljava/lang/String;Ljava/util/Properties;)", Connect.class)
        // What the data sources and the pool of MariaDB's driver 3 and 4 call instead.
        .advise("connect", "(Lorg/mariadb/jdbc/Configuration;)", ConnectToMariaDb.class);
    typesBelow("java.sql.Connection")
        .advise("<init>", TEXT, Construct.class)
        .advise("createStatement", "(", Create.class)
        .advise("prepareStatement", TEXT, Prepare.class)
        .advise("prepareCall", TEXT, Prepare.class)
        // What the metadata of MySQL's driver calls instead.
        .advise("clientPrepareStatement", TEXT, Prepare.class)
        .advise("serverPrepareStatement", TEXT, Prepare.class)
        .advise("commit", "()", Commit.class)
        .advise("rollback", "()", Rollback.class);
    statement(typesBelow("java.sql.Statement"));
    prepared(typesBelow("java.sql.PreparedStatement"));
    // Derby's data sources go past its driver, too.
    type("org.apache.derby.impl.jdbc.EmbedConnection")
        .advise(
            "<init>",
            "(Lorg/apache/derby/iapi/jdbc/InternalDriver;Ljava/lang/String;",
            ConstructByDriver.class);
    // SQLite's classes with the code implement no interface; those below them do.
    statement(type("org.sqlite.jdbc3.JDBC3Statement"));
    prepared(type("org.sqlite.jdbc3.JDBC3PreparedStatement"));
  }

  private static void statement(Target target) {
    target
        .advise("execute", TEXT, Execute.class)
        .advise("executeQuery", TEXT, Execute.class)
        .advise("executeUpdate", TEXT, Execute.class)
        .advise("executeLargeUpdate", TEXT, Execute.class)
        .advise("executeBatch", "()", ExecuteBatch.class)
        .advise("executeLargeBatch", "()", ExecuteBatch.class)
        .advise("addBatch", TEXT, AddText.class)
        .advise("clearBatch", "()", Clear.class)
        .advise("close", "()", Close.class);
  }

  private static void prepared(Target target) {
    target
        .advise("execute", "()", ExecutePrepared.class)
        .advise("executeQuery", "()", ExecutePrepared.class)
        .advise("executeUpdate", "()", ExecutePrepared.class)
        .advise("executeLargeUpdate", "()", ExecutePrepared.class)
        .advise("addBatch", "()", AddValues.class);
  }

  /** Remembers the URL of a connection that a driver made. */
  static final class Connect {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static String enter(@Advice.Argument(0) String url) {
      return Jdbc.connecting(url);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) String url,
        @Advice.Argument(1) Properties given,
        @Advice.Enter String before,
        @Advice.Return Object connection) {
      Jdbc.connected(connection, url, given, before);
    }
  }

  /** The same where the URL has been read before; woven, it is of the configuration's package. */
  static final class ConnectToMariaDb {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static String enter(@Advice.Argument(0) Configuration configuration) {
      return Jdbc.connecting(configuration.initialUrl());
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) Configuration configuration,
        @Advice.Enter String before,
        @Advice.Return Object connection) {
      Jdbc.connected(connection, configuration.initialUrl(), null, before);
    }
  }

  /** The same where a data source makes the connection without its driver. */
  static final class Construct {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object connection, @Advice.Argument(0) String argument) {
      Jdbc.constructed(connection, argument);
    }
  }

  /** The same where the driver's inside comes before the URL. */
  static final class ConstructByDriver {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object connection, @Advice.Argument(1) String url) {
      Jdbc.constructed(connection, url);
    }
  }

  /** Remembers the database of a statement. */
  static final class Create {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object connection, @Advice.Return Object statement) {
      Jdbc.created(connection, statement);
    }
  }

  /** Remembers the database and the text of a statement. */
  static final class Prepare {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static int enter() {
      return Jdbc.preparing();
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object connection,
        @Advice.Argument(0) String sql,
        @Advice.Enter int before,
        @Advice.Return Object statement) {
      Jdbc.prepared(connection, statement, sql, before);
    }
  }

  /** Times the execution of a text. */
  static final class Execute {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static DbSpan enter(@Advice.This Object statement, @Advice.Argument(0) String sql) {
      return Jdbc.execute(statement, sql);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object statement, @Advice.Enter DbSpan span, @Advice.Thrown Throwable thrown) {
      if (span != null) {
        Jdbc.end(statement, span, thrown);
      }
    }
  }

  /** Times the execution of a prepared statement. */
  static final class ExecutePrepared {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static DbSpan enter(@Advice.This Object statement) {
      return Jdbc.execute(statement);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object statement, @Advice.Enter DbSpan span, @Advice.Thrown Throwable thrown) {
      if (span != null) {
        Jdbc.end(statement, span, thrown);
      }
    }
  }

  /** Times the execution of a batch. */
  static final class ExecuteBatch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static DbSpan enter(@Advice.This Object statement) {
      return Jdbc.executeBatch(statement);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object statement, @Advice.Enter DbSpan span, @Advice.Thrown Throwable thrown) {
      if (span != null) {
        Jdbc.end(statement, span, thrown);
      }
    }
  }

  /** Counts a text that is added to a batch. */
  static final class AddText {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Known enter(@Advice.This Object statement) {
      return Jdbc.adding(statement);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) String sql, @Advice.Enter Known known) {
      if (known != null) {
        Jdbc.added(known, sql);
      }
    }
  }

  /** Counts values that are added to a batch. */
  static final class AddValues {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Known enter(@Advice.This Object statement) {
      return Jdbc.adding(statement);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Enter Known known) {
      if (known != null) {
        Jdbc.added(known, null);
      }
    }
  }

  /** Forgets the batch. */
  static final class Clear {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object statement) {
      Jdbc.cleared(statement);
    }
  }

  /** Notes that the statement is closed. */
  static final class Close {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object statement) {
      Jdbc.closed(statement);
    }
  }

  /** Times a commit. */
  static final class Commit {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static DbSpan enter(@Advice.This Object connection) {
      return Jdbc.transaction(connection, "COMMIT");
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object connection,
        @Advice.Enter DbSpan span,
        @Advice.Thrown Throwable thrown) {
      if (span != null) {
        Jdbc.end(connection, span, thrown);
      }
    }
  }

  /** Times a rollback. */
  static final class Rollback {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static DbSpan enter(@Advice.This Object connection) {
      return Jdbc.transaction(connection, "ROLLBACK");
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object connection,
        @Advice.Enter DbSpan span,
        @Advice.Thrown Throwable thrown) {
      if (span != null) {
        Jdbc.end(connection, span, thrown);
      }
    }
  }
}
