/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The unpacked web archive of {@code RedeployedServlet}, with H2 inside. */
final class RedeployedWar {
  private static final String CLASSES = "io/vitals/smoke/programs/RedeployedServlet";

  private RedeployedWar() {}

  /**
   * Writes it into a new folder.
   *
   * @param servlets {@code javax} or {@code jakarta}
   */
  static Path in(Path folder, String servlets) throws IOException {
    Path library = Files.createDirectories(folder.resolve("WEB-INF/lib"));
    Path driver =
        Program.jars("jdbc8").stream()
            .filter(jar -> jar.endsWith("h2.jar"))
            .findFirst()
            .orElseThrow();
    Files.copy(driver, library.resolve("h2.jar"));
    try (ZipFile programs = new ZipFile(Program.jars(servlets).get(0).toFile())) {
      for (Enumeration<? extends ZipEntry> all = programs.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (entry.getName().startsWith(CLASSES)) {
          Path file = folder.resolve("WEB-INF/classes").resolve(entry.getName());
          Files.createDirectories(file.getParent());
          try (InputStream in = programs.getInputStream(entry)) {
            Files.copy(in, file);
          }
        }
      }
    }
    Files.writeString(folder.resolve("WEB-INF/web.xml"), description(servlets));
    return folder;
  }

  private static String description(String servlets) {
    String schema =
        servlets.equals("javax")
            ? "http://xmlns.jcp.org/xml/ns/javaee' version='3.1"
            : "https://jakarta.ee/xml/ns/jakartaee' version='5.0";
    return "<web-app xmlns='"
        + schema
        + "'><servlet><servlet-name>shop</servlet-name>"
        + "<servlet-class>io.vitals.smoke.programs.RedeployedServlet</servlet-class></servlet>"
        + "<servlet-mapping><servlet-name>shop</servlet-name><url-pattern>/</url-pattern>"
        + "</servlet-mapping></web-app>";
  }
}
