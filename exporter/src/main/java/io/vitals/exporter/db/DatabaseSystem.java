/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

/** Names database systems the way the semantic conventions do, and knows their default ports. */
final class DatabaseSystem {
  /** The first part of a URL after {@code jdbc:}, the system, its default port or 0. */
  private static final String[][] BY_URL = {
    {"postgresql", "postgresql", "5432"},
    {"mysql", "mysql", "3306"},
    {"mariadb", "mariadb", "3306"},
    {"oracle", "oracle.db", "1521"},
    {"sqlserver", "microsoft.sql_server", "1433"},
    {"microsoft", "microsoft.sql_server", "1433"},
    {"jtds", "microsoft.sql_server", "1433"},
    {"db2", "ibm.db2", "50000"},
    {"as400", "ibm.db2", "0"},
    {"h2", "h2database", "0"},
    {"hsqldb", "hsqldb", "9001"},
    {"derby", "derby", "1527"},
    {"sqlite", "sqlite", "0"},
    {"clickhouse", "clickhouse", "0"},
    {"sap", "sap.hana", "0"},
    {"informix-sqli", "ibm.informix", "9088"},
    {"informix-direct", "ibm.informix", "0"},
    {"oceanbase", "oceanbase", "0"},
    {"polardb", "polardb", "1521"},
    {"lindorm", "lindorm", "0"},
  };

  /** How the class name of a driver's connection begins, and the system. */
  private static final String[][] BY_CLASS = {
    {"org.h2.", "h2database"},
    {"org.postgresql.", "postgresql"},
    {"com.impossibl.postgres.", "postgresql"},
    {"com.mysql.", "mysql"},
    {"org.mariadb.", "mariadb"},
    {"oracle.", "oracle.db"},
    {"com.microsoft.sqlserver.", "microsoft.sql_server"},
    {"net.sourceforge.jtds.", "microsoft.sql_server"},
    {"com.ibm.db2.", "ibm.db2"},
    {"com.ibm.as400.", "ibm.db2"},
    {"org.hsqldb.", "hsqldb"},
    {"org.apache.derby.", "derby"},
    {"org.sqlite.", "sqlite"},
    {"com.clickhouse.", "clickhouse"},
    {"ru.yandex.clickhouse.", "clickhouse"},
    {"com.sap.db.", "sap.hana"},
    {"com.informix.", "ibm.informix"},
  };

  private DatabaseSystem() {}

  /** The system that a URL of this kind leads to. */
  static String ofUrl(String kind) {
    for (String[] row : BY_URL) {
      if (row[0].equals(kind)) {
        return row[1];
      }
    }
    return DatabaseInfo.UNKNOWN.system;
  }

  /** The port that a URL of this kind need not name; 0 if there is none. */
  static int defaultPort(String kind) {
    for (String[] row : BY_URL) {
      if (row[0].equals(kind)) {
        return Integer.parseInt(row[2]);
      }
    }
    return 0;
  }

  /** The system whose driver a class belongs to; the class name may be null. */
  static String ofClass(String className) {
    if (className != null) {
      for (String[] row : BY_CLASS) {
        if (className.startsWith(row[0])) {
          return row[1];
        }
      }
    }
    return DatabaseInfo.UNKNOWN.system;
  }
}
