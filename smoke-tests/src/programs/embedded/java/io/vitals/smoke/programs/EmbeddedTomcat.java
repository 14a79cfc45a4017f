/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat of the program's own on a free port of loopback, until the program is told to end. */
final class EmbeddedTomcat {
  private final Tomcat tomcat = new Tomcat();
  private final Path base;

  EmbeddedTomcat(String name) throws IOException {
    Console.quiet();
    base = Files.createTempDirectory(name);
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
  }

  /** A folder that there is, for what is not a class. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(base.resolve(name));
  }

  /** An application that is put together by hand. */
  Context application(String path) {
    return tomcat.addContext(path, base.toString());
  }

  /** An application as it is deployed: with what Tomcat adds, such as JSP. */
  Context deployed(String path, Path folder) throws Exception {
    return tomcat.addWebapp(path, folder.toString());
  }

  /** Says the port and answers until the program is to end. */
  void serve() throws Exception {
    tomcat.start();
    try {
      Console.serve(tomcat.getConnector().getLocalPort());
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }
}
