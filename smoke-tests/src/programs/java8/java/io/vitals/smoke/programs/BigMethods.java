/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;

/**
 * Connects to H2 through drivers whose methods are as big as methods may be. Arguments: the class
 * names of the drivers.
 */
public final class BigMethods {
  private BigMethods() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    for (String name : arguments) {
      Driver driver = (Driver) Class.forName(name).getDeclaredConstructor().newInstance();
      try (Connection connection = driver.connect("jdbc:h2:mem:big", new Properties());
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select 7")) {
        rows.next();
        System.out.println(name + " " + rows.getInt(1) + " " + driver.getMinorVersion());
      }
    }
    end();
  }

  private static void end() throws IOException {
    while (System.in.read() >= 0) {
      continue;
    }
  }
}
