/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Starts Apache Karaf as its own script does, with a web archive among its features. */
final class Karaf {
  private static final String FEATURES = "etc/org.apache.karaf.features.cfg";

  private Karaf() {}

  /**
   * Starts it.
   *
   * @param base what it writes to, with its settings in {@code etc} and {@code shop.war}
   */
  static ForkedJvm start(Jvm jvm, Path home, Path base, int port) throws IOException {
    Path temporary = Files.createDirectories(base.resolve("data/tmp"));
    Files.createDirectory(base.resolve("deploy"));
    Path features =
        Files.writeString(base.resolve("etc/shop.xml"), features(bundle(base.resolve("shop.war"))));
    Path settings = base.resolve(FEATURES);
    Files.writeString(
        settings,
        Files.readString(settings)
            .replace("featuresRepositories = ", "featuresRepositories = file:" + features + ", ")
            .replace("featuresBoot = ", "featuresBoot = shop/1, ")
            // Both listen on ports of their own.
            .replaceAll("(ssh|management)/[0-9.]+, ", ""));
    Files.writeString(
        base.resolve("etc/org.ops4j.pax.web.cfg"),
        String.join(
            "\n",
            "org.osgi.service.http.enabled=true",
            "org.osgi.service.http.port=" + port,
            "org.ops4j.pax.web.listening.addresses=127.0.0.1",
            "javax.servlet.context.tempdir=" + temporary,
            ""));
    // What is not in the folder is nowhere.
    Path maven = base.resolve("etc/org.ops4j.pax.url.mvn.cfg");
    Files.writeString(maven, Files.readString(maven) + "\norg.ops4j.pax.url.mvn.repositories =\n");
    List<Path> classPath = new ArrayList<>();
    classPath.addAll(jars(home.resolve("lib/boot")));
    classPath.addAll(jars(home.resolve("lib/jdk9plus")));
    return opened(jvm, home)
        .property("karaf.startLocalConsole", "false")
        .property("karaf.startRemoteShell", "false")
        .property("karaf.log.console", "INFO")
        .property("karaf.instances", base.resolve("instances").toString())
        .property("karaf.home", home.toString())
        .property("karaf.base", base.toString())
        .property("karaf.data", base.resolve("data").toString())
        .property("karaf.etc", base.resolve("etc").toString())
        .property("karaf.log", base.resolve("data/log").toString())
        .property("java.io.tmpdir", temporary.toString())
        .property(
            "java.util.logging.config.file",
            base.resolve("etc/java.util.logging.properties").toString())
        .classPath(classPath)
        .startMain("org.apache.karaf.main.Main");
  }

  /**
   * The bundles of Pax Web's own feature, and the archive. What that takes for the API of servlets,
   * 4.0 with a fragment that calls it 3.1 too, is here 3.1.
   */
  private static String features(Path bundle) {
    StringBuilder xml = new StringBuilder();
    xml.append("<features name='shop' xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'>");
    xml.append("<feature name='shop' version='1'>");
    for (Path each : Program.jars("karaf")) {
      xml.append("<bundle start-level='30'>file:").append(each).append("</bundle>");
    }
    xml.append("<bundle>file:").append(bundle).append("</bundle></feature></features>");
    return xml.toString();
  }

  /** The archive as a bundle: the same files with what OSGi asks of a manifest. */
  private static Path bundle(Path war) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "shop");
    main.putValue("Bundle-ClassPath", "WEB-INF/classes,WEB-INF/lib/h2.jar");
    main.putValue("Web-ContextPath", "/shop");
    main.putValue("DynamicImport-Package", "*");
    Path bundle = war.resolveSibling("shop.jar");
    try (ZipInputStream from = new ZipInputStream(Files.newInputStream(war));
        OutputStream file = Files.newOutputStream(bundle);
        JarOutputStream to = new JarOutputStream(file, manifest)) {
      for (ZipEntry each = from.getNextEntry(); each != null; each = from.getNextEntry()) {
        if (!each.getName().equals(JarFile.MANIFEST_NAME)) {
          to.putNextEntry(new ZipEntry(each.getName()));
          from.transferTo(to);
          to.closeEntry();
        }
      }
    }
    return bundle;
  }

  /** The flags of its script. */
  private static Jvm opened(Jvm jvm, Path home) throws IOException {
    for (Path jar : jars(home.resolve("lib/endorsed"))) {
      String name = jar.getFileName().toString();
      if (name.contains(".locator-")) {
        jvm.flag("--patch-module=java.base=" + jar);
      } else if (name.contains(".java.xml-")) {
        jvm.flag("--patch-module=java.xml=" + jar);
      }
    }
    for (String opened :
        List.of(
            "java.base/java.security",
            "java.base/java.net",
            "java.base/java.lang",
            "java.base/java.util",
            "java.naming/javax.naming.spi",
            "java.rmi/sun.rmi.transport.tcp")) {
      jvm.flag("--add-opens=" + opened + "=ALL-UNNAMED");
    }
    for (String exported :
        List.of(
            "java.base/sun.net.www.protocol.file",
            "java.base/sun.net.www.protocol.ftp",
            "java.base/sun.net.www.protocol.http",
            "java.base/sun.net.www.protocol.https",
            "java.base/sun.net.www.protocol.jar",
            "java.base/sun.net.www.content.text",
            "jdk.xml.dom/org.w3c.dom.html",
            "jdk.naming.rmi/com.sun.jndi.url.rmi",
            "java.rmi/sun.rmi.registry",
            "java.security.sasl/com.sun.security.sasl",
            "java.naming/com.sun.jndi.ldap")) {
      jvm.flag("--add-exports=" + exported + "=ALL-UNNAMED");
    }
    return jvm.flag("--add-reads=java.xml=java.logging")
        .flag("--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED");
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}
