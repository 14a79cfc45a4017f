/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.util.Properties;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What code woven into JDBC drivers, pools and wrappers calls.
 *
 * <p>The outermost call makes the span; what it does not know, a call inside it adds: a pool's
 * statement does not know its database, the driver's does. Nothing is asked of the application's
 * objects but their class and identity.
 */
public final class Jdbc {
  /** Value of {@link DbSpan#batchSize} for a batch whose size is unknown. */
  public static final int UNKNOWN_SIZE = -2;

  /** Databases that are shared; an application has a handful of URLs. */
  private static final int MOST_SHARED = 64;

  private static final AtomicReferenceArray<Database> SHARED =
      new AtomicReferenceArray<>(MOST_SHARED);

  /** Whether commits and rollbacks make spans; set by the agent from its configuration. */
  public static volatile boolean transactions;

  private Jdbc() {}

  /**
   * A driver begins to connect, and may execute statements meanwhile; returns what {@link
   * #connected} takes.
   */
  public static String connecting(String url) {
    Current current = Current.get();
    String before = current.connecting;
    current.connecting = url;
    return before;
  }

  /** A driver has connected, or has not if the connection is null; costs a hash of the URL. */
  public static void connected(Object connection, String url, Properties given, String before) {
    Current.get().connecting = before;
    if (connection != null) {
      String user = given == null ? null : given.getProperty("user");
      Known.put(connection, shared(url, user, connection.getClass().getName()), null);
    }
  }

  /** A connection was made whose first argument may be its URL. */
  public static void constructed(Object connection, String argument) {
    if (argument != null && argument.startsWith("jdbc:") && Known.of(connection) == null) {
      Known.put(connection, shared(argument, null, connection.getClass().getName()), null);
    }
  }

  /** The connection has made a statement without a text. */
  public static void created(Object connection, Object statement) {
    Known known = statement == null ? null : Known.of(connection);
    if (known != null) {
      Known.put(statement, known.database, null);
    }
  }

  /** A statement was closed. */
  public static void closed(Object statement) {
    Known.closed(statement);
  }

  /** A connection begins to prepare a statement; returns what {@link #prepared} takes. */
  public static int preparing() {
    return Current.get().prepared;
  }

  /** The connection has prepared a statement. */
  public static void prepared(Object connection, Object statement, String sql, int before) {
    if (statement == null) {
      return;
    }
    Known known = Known.of(connection);
    Current current = Current.get();
    if (known == null && current.prepared != before) {
      // A pool's connection: the driver's own, called inside, knows more.
      return;
    }
    Database database = known == null ? guessed(current, connection) : known.database;
    Known.put(statement, database, sql);
    current.prepared++;
  }

  /** A statement begins to execute a text; null inside another call. */
  public static DbSpan execute(Object statement, String sql) {
    Current current = Current.get();
    if (current.span instanceof DbSpan) {
      complete((DbSpan) current.span, statement, sql);
      return null;
    }
    Known known = Known.of(statement);
    DbSpan span = Probe.startDb(current);
    span.sql = sql;
    span.database = known == null ? null : known.database;
    return span;
  }

  /** A prepared statement begins to execute; null inside another call. */
  public static DbSpan execute(Object statement) {
    Current current = Current.get();
    if (current.span instanceof DbSpan) {
      complete((DbSpan) current.span, statement, null);
      return null;
    }
    Known known = Known.of(statement);
    DbSpan span = Probe.startDb(current);
    span.prepared = true;
    if (known != null) {
      span.database = known.database;
      span.sql = known.sql;
    }
    return span;
  }

  /** A statement begins to execute its batch; null inside another call. */
  public static DbSpan executeBatch(Object statement) {
    Current current = Current.get();
    Known known = Known.of(statement);
    DbSpan span;
    if (current.span instanceof DbSpan) {
      DbSpan open = (DbSpan) current.span;
      if (open.batchSize == UNKNOWN_SIZE && known != null) {
        batch(open, known);
      } else if (known != null) {
        known.takeBatch();
      }
      return null;
    }
    span = Probe.startDb(current);
    span.batchSize = UNKNOWN_SIZE;
    if (known != null) {
      batch(span, known);
    }
    return span;
  }

  private static void batch(DbSpan span, Known known) {
    span.database = better(span.database, known.database);
    span.prepared = known.sql != null;
    span.batchSize = known.batched;
    span.sql = known.takeBatch();
  }

  /** Adds to the span of a call what a call inside it knows better. */
  private static void complete(DbSpan open, Object statement, String sql) {
    boolean lacksText = open.sql == null && open.operation == null && open.batchSize == -1;
    if (!lacksText && open.database != null && open.database.url != null) {
      return;
    }
    Known known = Known.of(statement);
    if (known != null) {
      open.database = better(open.database, known.database);
    }
    if (lacksText) {
      open.prepared = sql == null;
      open.sql = sql != null ? sql : known != null ? known.sql : null;
    }
  }

  private static Database better(Database outer, Database inner) {
    return outer == null || outer.url == null ? inner : outer;
  }

  /** A commit or rollback begins; null inside another call, and where they make no spans. */
  public static DbSpan transaction(Object connection, String operation) {
    if (!transactions) {
      return null;
    }
    Current current = Current.get();
    Known known = Known.of(connection);
    if (current.span instanceof DbSpan) {
      if (known != null) {
        DbSpan open = (DbSpan) current.span;
        open.database = better(open.database, known.database);
      }
      return null;
    }
    DbSpan span = Probe.startDb(current);
    span.operation = operation;
    span.database = known == null ? null : known.database;
    return span;
  }

  /** A call ends that has made a span. */
  public static void end(Object receiver, DbSpan span, Throwable thrown) {
    Current current = Current.get();
    if (span.database == null) {
      span.database = guessed(current, receiver);
    }
    Probe.end(current, span, thrown);
  }

  /** The database of an object that nothing is known of but its class, and what is going on. */
  private static Database guessed(Current current, Object object) {
    return shared(current.connecting, null, object.getClass().getName());
  }

  /** A statement begins to add to its batch; returns what {@link #added} takes, or null. */
  public static Known adding(Object statement) {
    Known known = Known.of(statement);
    if (known != null) {
      known.adding();
    }
    return known;
  }

  /** A statement has added a text, or values if it is null, to its batch. */
  public static void added(Known known, String sql) {
    known.added(sql);
  }

  /** A statement has cleared its batch. */
  public static void cleared(Object statement) {
    Known known = Known.of(statement);
    if (known != null) {
      known.takeBatch();
    }
  }

  /** One object for each URL, user and class, as long as there are not too many. */
  private static Database shared(String url, String user, String className) {
    int hash = (url == null ? className : url).hashCode();
    int at = (hash ^ hash >>> 16) & MOST_SHARED - 1;
    Database found = SHARED.get(at);
    if (found != null
        && equal(found.url, url)
        && equal(found.user, user)
        && found.connectionClass.equals(className)) {
      return found;
    }
    Database made = new Database(url, user, className);
    SHARED.set(at, made);
    return made;
  }

  private static boolean equal(String one, String other) {
    return one == null ? other == null : one.equals(other);
  }
}
