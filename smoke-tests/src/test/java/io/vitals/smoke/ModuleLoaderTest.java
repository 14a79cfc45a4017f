/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Woven classes find the agent in class loaders that show them only what they ask for: those of
 * JBoss Modules, which WildFly is made of, and of an OSGi container.
 *
 * <p>Tomcat, H2 and the pool are on no class path but the module's or the bundle's.
 */
@Tag("runtimes")
class ModuleLoaderTest {
  /** What the shop and its libraries use of the JDK; a bundle sees nothing else of it. */
  private static final String IMPORTS =
      "com.sun.net.httpserver,javax.crypto,javax.crypto.spec,javax.management,"
          + "javax.management.loading,javax.management.modelmbean,javax.management.openmbean,"
          + "javax.naming,javax.naming.directory,javax.naming.ldap,javax.naming.spi,javax.net,"
          + "javax.net.ssl,javax.script,javax.security.auth,javax.security.auth.callback,"
          + "javax.security.auth.login,javax.security.auth.spi,javax.security.auth.x500,"
          + "javax.security.cert,javax.sql,javax.tools,javax.transaction.xa,javax.xml,"
          + "javax.xml.parsers,javax.xml.stream,javax.xml.transform,javax.xml.transform.dom,"
          + "javax.xml.transform.sax,javax.xml.transform.stax,javax.xml.transform.stream,"
          + "org.ietf.jgss,org.osgi.framework,org.w3c.dom,org.w3c.dom.ls,org.xml.sax,"
          + "org.xml.sax.ext,org.xml.sax.helpers";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"TOMCAT10, 11", "TOMCAT11, 17", "TOMCAT11, 25"})
  void jbossModules_showOneTrace(Program shop, int version) throws IOException {
    List<Path> database = new ArrayList<>(shop.classPath());
    database.removeIf(jar -> !isOfDatabase(jar));
    List<Path> rest = new ArrayList<>(shop.classPath());
    rest.removeIf(ModuleLoaderTest::isOfDatabase);
    module("database", "", database, "java.se");
    module(
        "shop",
        "<main-class name='" + shop.mainClass() + "'/>",
        rest,
        "java.se",
        "jdk.httpserver",
        "database");
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(version)
                .agent()
                .exportingTo(receiver)
                .opensForTomcat()
                .startJar(Program.jars("jboss-modules").get(0), "-mp", folder.toString(), "shop")) {
      checkout(jvm, receiver);
    }
  }

  /** On 24 and newer Felix itself is warned about by the JDK. */
  @ParameterizedTest
  @CsvSource({"TOMCAT9, 8", "TOMCAT10, 17", "TOMCAT11, 21"})
  void osgiContainer_showsOneTrace(Program shop, int version) throws IOException {
    Path bundle = bundle(shop);
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(version)
                .agent()
                .exportingTo(receiver)
                .start(Program.OSGI_CONTAINER, bundle.toString())) {
      checkout(jvm, receiver);
    }
  }

  /**
   * Felix's HTTP service, which is Jetty in a bundle, answers with servlet and driver of another.
   */
  @ParameterizedTest
  @ValueSource(ints = {8, 17, 21})
  void httpServiceOfOsgi_showsOneTrace(int version) throws IOException {
    List<String> bundles = new ArrayList<>();
    for (Path bundle : Program.jars("felix-http")) {
      bundles.add(bundle.toString());
    }
    List<Path> jars = new ArrayList<>(Program.jars("osgi"));
    jars.addAll(Program.jars("java8"));
    jars.addAll(Program.jars("jdbc8"));
    String imports = IMPORTS + ",javax.servlet,javax.servlet.http,org.osgi.service.http";
    bundles.add(bundle("HttpServiceBundle", jars, imports).toString());
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(version)
                .agent()
                .exportingTo(receiver)
                .property("org.eclipse.jetty.LEVEL", "OFF")
                .property("org.eclipse.jetty.util.log.announce", "false")
                .start(Program.OSGI_CONTAINER, bundles.toArray(new String[0]))) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      assertThat(visitor.get("/tables")).as(jvm::toString).isEqualTo(200);
      assertThat(visitor.get("/nothing")).as(jvm::toString).isEqualTo(404);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
      // The service is one servlet to Jetty, for all that bundles register.
      assertThat(receiver.received().traces())
          .extracting(TraceTree::shape)
          .containsExactly(
              "SERVER GET /*\n  CLIENT SELECT information_schema.tables\n", "SERVER GET /*\n");
      assertThat(receiver.received().metric("vitals.agent.hook.failures")).isNull();
      assertThat(receiver.received().metric("vitals.agent.hooks.refused")).isNull();
    }
  }

  private static void checkout(ForkedJvm jvm, OtlpReceiver receiver) {
    Visitor visitor = new Visitor(jvm.awaitPort());
    assertThat(visitor.get("/shop/orders/1")).as(jvm::toString).isEqualTo(200);
    assertThat(visitor.get("/shop/checkout")).as(jvm::toString).isEqualTo(200);
    assertThat(jvm.finish()).as(jvm::toString).isZero();
    assertThat(jvm.noise()).isEmpty();
    Received received = receiver.received();
    assertThat(received.traces())
        .filteredOn(tree -> tree.span().kind().equals("SERVER"))
        .extracting(TraceTree::shape)
        .containsExactly(
            "SERVER GET /shop/orders/*\n  CLIENT SELECT orders\n",
            "SERVER GET /shop/checkout\n"
                + "  CLIENT BATCH UPDATE orders\n"
                + "  CLIENT GET\n"
                + "    SERVER GET /stock\n");
    assertThat(received.metric("vitals.agent.hook.failures")).isNull();
    assertThat(received.metric("vitals.agent.hooks.refused")).isNull();
  }

  private static boolean isOfDatabase(Path jar) {
    String part = jar.getParent().getFileName().toString();
    return part.startsWith("jdbc");
  }

  /** A module of these jars that sees these modules and nothing else. */
  private void module(String name, String main, List<Path> jars, String... seen)
      throws IOException {
    Path home = Files.createDirectories(folder.resolve(name).resolve("main"));
    StringBuilder xml = new StringBuilder();
    xml.append("<module xmlns='urn:jboss:module:1.9' name='").append(name).append("'>");
    xml.append(main).append("<resources>");
    for (Path jar : jars) {
      Files.copy(jar, home.resolve(jar.getFileName()));
      xml.append("<resource-root path='").append(jar.getFileName()).append("'/>");
    }
    xml.append("</resources><dependencies>");
    for (String each : seen) {
      xml.append("<module name='").append(each).append("' services='import'/>");
    }
    Files.writeString(home.resolve("module.xml"), xml.append("</dependencies></module>"));
  }

  /** A bundle with the program and its libraries inside. */
  private Path bundle(Program shop) throws IOException {
    List<Path> jars = new ArrayList<>(shop.classPath());
    jars.addAll(Program.jars("osgi"));
    return bundle("ShopBundle", jars, IMPORTS);
  }

  private Path bundle(String activator, List<Path> jars, String imports) throws IOException {
    StringBuilder inside = new StringBuilder(".");
    jars.forEach(jar -> inside.append(',').append(jar.getFileName()));
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "shop");
    main.putValue("Bundle-Activator", "io.vitals.smoke.programs." + activator);
    main.putValue("Bundle-ClassPath", inside.toString());
    main.putValue("Import-Package", imports);
    Path bundle = folder.resolve("shop.jar");
    try (OutputStream file = Files.newOutputStream(bundle);
        JarOutputStream zip = new JarOutputStream(file, manifest)) {
      for (Path jar : jars) {
        zip.putNextEntry(new ZipEntry(jar.getFileName().toString()));
        Files.copy(jar, zip);
        zip.closeEntry();
      }
    }
    return bundle;
  }
}
