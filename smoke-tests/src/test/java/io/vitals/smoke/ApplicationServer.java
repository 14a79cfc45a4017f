/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server with class loaders of its own that deploys a web archive, as its own script starts it.
 */
enum ApplicationServer {
  /** Tomcat with OpenEJB and an agent of its own. */
  TOMEE(17, "jakarta", "Server startup in") {
    @Override
    ForkedJvm start(Jvm jvm, Path base, int port) throws IOException {
      Path home = home("tomee");
      Path settings = copied(home.resolve("conf"), base.resolve("conf")).resolve("server.xml");
      for (String folder : List.of("logs", "temp", "work", "webapps")) {
        Files.createDirectories(base.resolve(folder));
      }
      deploy(base.resolve("webapps"));
      Files.writeString(
          settings,
          Files.readString(settings)
              .replace("port=\"8005\"", "port=\"-1\"")
              .replace("port=\"8080\"", "port=\"" + port + "\" address=\"127.0.0.1\""));
      return jvm.javaAgent(home.resolve("lib/openejb-javaagent.jar").toString())
          .opensForTomcat()
          .flag("--add-opens=java.base/java.net=ALL-UNNAMED")
          .property("java.util.logging.config.file", base.resolve("conf/logging.properties") + "")
          .property("java.util.logging.manager", "org.apache.juli.ClassLoaderLogManager")
          .property("catalina.home", home.toString())
          .property("catalina.base", base.toString())
          .property("java.io.tmpdir", base.resolve("temp").toString())
          .classPath(
              List.of(home.resolve("bin/bootstrap.jar"), home.resolve("bin/tomcat-juli.jar")))
          .startMain("org.apache.catalina.startup.Bootstrap", "start");
    }
  },

  /** Undertow in JBoss Modules, under a log manager of its own. */
  WILDFLY(17, "javax", "WFLYSRV0025") {
    @Override
    ForkedJvm start(Jvm jvm, Path base, int port) throws IOException {
      Path home = home("wildfly");
      deploy(copied(home.resolve("standalone"), base).resolve("deployments"));
      Path settings = base.resolve("configuration/standalone.xml");
      // It looks for archives every five seconds otherwise.
      Files.writeString(
          settings,
          Files.readString(settings).replace("scan-interval=\"5000\"", "scan-interval=\"100\""));
      for (String opened :
          List.of("lang", "lang.invoke", "lang.reflect", "io", "security", "util")) {
        jvm.flag("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
      }
      return jvm.flag("--add-opens=java.base/java.util.concurrent=ALL-UNNAMED")
          .flag("--add-opens=java.management/javax.management=ALL-UNNAMED")
          .flag("--add-opens=java.naming/javax.naming=ALL-UNNAMED")
          .property("jboss.home.dir", home.toString())
          .property("jboss.server.base.dir", base.toString())
          .property("jboss.http.port", String.valueOf(port))
          .property("jboss.https.port", String.valueOf(freePort()))
          .property("jboss.management.http.port", String.valueOf(freePort()))
          .startJar(
              home.resolve("jboss-modules.jar"),
              "-mp",
              home.resolve("modules").toString(),
              "org.jboss.as.standalone");
    }
  },

  /** A container of its own in OSGi, with an agent of its own. */
  LIBERTY(8, "javax", "CWWKF0011I") {
    @Override
    ForkedJvm start(Jvm jvm, Path base, int port) throws IOException {
      Path home = home("liberty");
      Path server = Files.createDirectories(base.resolve("servers/shop"));
      deploy(Files.createDirectories(server.resolve("apps")));
      Files.writeString(
          server.resolve("server.xml"),
          "<server><featureManager><feature>servlet-3.1</feature></featureManager>"
              + "<httpEndpoint id='defaultHttpEndpoint' host='127.0.0.1' httpsPort='-1' httpPort='"
              + port
              + "'/><webApplication location='shop.war' contextRoot='/shop'/></server>");
      return jvm.environment("WLP_USER_DIR", base.toString())
          .javaAgent(home.resolve("bin/tools/ws-javaagent.jar").toString())
          .startJar(home.resolve("bin/tools/ws-server.jar"), "shop");
    }
  },

  /** GlassFish's container on Grizzly. */
  PAYARA(21, "jakarta", " ready in ") {
    @Override
    ForkedJvm start(Jvm jvm, Path base, int port) throws IOException {
      deploy(base);
      Path settings = base.resolve("settings.txt");
      Files.writeString(
          settings,
          "set configs.config.server-config.network-config.network-listeners.network-listener"
              + ".http-listener.address=127.0.0.1\n");
      for (String opened : List.of("lang", "net", "nio", "util")) {
        jvm.flag("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
      }
      return jvm.flag("--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED")
          .flag("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
          .flag("--add-opens=java.base/sun.net.www.protocol.jar=ALL-UNNAMED")
          .flag("--add-opens=java.logging/java.util.logging=ALL-UNNAMED")
          .flag("--add-opens=java.management/sun.management=ALL-UNNAMED")
          .flag("--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED")
          .flag("--add-exports=java.base/sun.net.www=ALL-UNNAMED")
          .startJar(
              Program.jars("payara").get(0),
              "--nocluster",
              "--nohazelcast",
              "--disablephonehome",
              "--prebootcommandfile",
              settings.toString(),
              "--port",
              String.valueOf(port),
              "--rootdir",
              base.resolve("root").toString(),
              "--deploy",
              base.resolve("shop.war").toString());
    }
  },

  /** The same container in OSGi, under a log manager and a builder of MBean servers of its own. */
  GLASSFISH(21, "jakarta", "shop was successfully deployed in") {
    @Override
    ForkedJvm start(Jvm jvm, Path base, int port) throws IOException {
      Path home = home("glassfish").resolve("glassfish");
      copied(home.resolve("domains/domain1"), base);
      deploy(Files.createDirectories(base.resolve("autodeploy")));
      Path settings = base.resolve("config/domain.xml");
      String listener = "<network-listener port=\"";
      String domain =
          Files.readString(settings)
              .replace("0.0.0.0", "127.0.0.1")
              .replace(listener, "<network-listener address=\"127.0.0.1\" port=\"")
              .replace("\"8080\"", "\"" + port + "\"")
              // Its broker of messages would listen everywhere.
              .replace("type=\"EMBEDDED\"", "type=\"REMOTE\"");
      for (String other : List.of("8181", "4848", "3700", "3820", "3920", "8686")) {
        domain = domain.replace("\"" + other + "\"", "\"" + freePort() + "\"");
      }
      Files.writeString(settings, domain);
      for (String opened :
          List.of(
              "java.base/java.io",
              "java.base/java.lang",
              "java.base/java.util",
              "java.base/sun.nio.fs",
              "java.base/sun.net.www.protocol.jrt",
              "java.base/jdk.internal.vm.annotation",
              "java.naming/javax.naming.spi",
              "java.rmi/sun.rmi.transport",
              "jdk.management/com.sun.management.internal")) {
        jvm.flag("--add-opens=" + opened + "=ALL-UNNAMED");
      }
      return jvm.flag("-Xmx512m")
          .flag("--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED")
          .flag("--add-exports=java.base/jdk.internal.vm.annotation=ALL-UNNAMED")
          .property("java.awt.headless", "true")
          .property(
              "javax.management.builder.initial",
              "com.sun.enterprise.v3.admin.AppServerMBeanServerBuilder")
          .property(
              "com.sun.enterprise.config.config_environment_factory_class",
              "com.sun.enterprise.config.serverbeans.AppserverConfigEnvironmentFactory")
          .property("com.sun.aas.installRoot", home.toString())
          .property("com.sun.aas.instanceRoot", base.toString())
          .property("java.security.policy", base.resolve("config/server.policy").toString())
          .property("java.security.auth.login.config", base.resolve("config/login.conf").toString())
          .property("javax.net.ssl.keyStore", base.resolve("config/keystore.jks").toString())
          .property("javax.net.ssl.trustStore", base.resolve("config/cacerts.jks").toString())
          // No shell.
          .property("org.glassfish.additionalOSGiBundlesToStart", "")
          .property("ANTLR_USE_DIRECT_CLASS_LOADING", "true")
          .property("org.glassfish.gmbal.no.multipleUpperBoundsException", "true")
          .classPath(List.of(home.resolve("modules/glassfish.jar")))
          .startMain(
              "com.sun.enterprise.glassfish.bootstrap.ASMain",
              "-domaindir",
              base.toString(),
              "-domainname",
              "domain1",
              "-instancename",
              "server",
              "-type",
              "DAS",
              "-upgrade",
              "false",
              "-watchdog",
              "false",
              "-verbose",
              "true");
    }
  },

  /** Jetty 9.4 in OSGi, to which Pax Web brings a web archive as a bundle. */
  KARAF(17, "javax", "Registering OsgiServletContext{model=OsgiContextModel{WAB") {
    @Override
    ForkedJvm start(Jvm jvm, Path base, int port) throws IOException {
      Path home = home("karaf");
      copied(home.resolve("etc"), base.resolve("etc"));
      deploy(base);
      return Karaf.start(jvm, home, base, port);
    }
  };

  /** The JDK of the matrix that it runs on. */
  final int version;

  private final String servlets;
  private final Pattern started;

  ApplicationServer(int version, String servlets, String started) {
    this.version = version;
    this.servlets = servlets;
    this.started = Pattern.compile(Pattern.quote(started));
  }

  /**
   * Starts it with the shop as {@code /shop}.
   *
   * @param base an empty folder for what it writes
   */
  abstract ForkedJvm start(Jvm jvm, Path base, int port) throws IOException;

  /** Waits for its own line that says so. */
  void awaitStart(ForkedJvm jvm) {
    if (this == WILDFLY || this == LIBERTY || this == KARAF) {
      jvm.awaitLine(started);
    } else {
      jvm.awaitErrorLine(started);
    }
  }

  /**
   * What shows of a path outside the shop: a root application of Payara or GlassFish answers for
   * it, and Liberty asks no application; null if nothing.
   */
  String elsewhere() {
    if (this == LIBERTY) {
      return null;
    }
    return this == PAYARA || this == GLASSFISH ? "SERVER GET /*\n" : "SERVER GET\n";
  }

  /** The same for a path of the shop without a servlet, for which Liberty has none of its own. */
  String nothing() {
    return this == LIBERTY ? "SERVER GET\n" : "SERVER GET /shop/*\n";
  }

  /** How it ends when it is asked to: Karaf takes the signal itself. */
  int exit() {
    return this == KARAF ? 0 : ForkedJvm.TERMINATED;
  }

  /** A port that nobody listens on: these servers cannot say which one they have chosen. */
  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  void deploy(Path folder) throws IOException {
    Path war = Program.HOME.resolve("libraries/war").resolve(servlets + ".war");
    Files.copy(war, folder.resolve("shop.war"));
  }

  /** The one folder that the server's archive has. */
  private static Path home(String name) throws IOException {
    try (Stream<Path> folders = Files.list(Program.HOME.resolve("servers").resolve(name))) {
      return folders.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private static Path copied(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
      files.forEach(file -> copy(file, to.resolve(from.relativize(file).toString())));
    }
    return to;
  }

  private static void copy(Path file, Path to) {
    try {
      if (Files.isDirectory(file)) {
        Files.createDirectories(to);
      } else {
        Files.copy(file, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
