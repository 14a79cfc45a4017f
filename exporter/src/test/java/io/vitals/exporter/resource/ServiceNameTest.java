/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.exporter.config.Config;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a service's name comes from, and what wins. */
class ServiceNameTest {
  private static final MainJar NO_JAR = new MainJar(null);
  @TempDir Path folder;

  private SpringFiles spring(String command, String property, String environment) {
    return new SpringFiles(
        command, property, environment, folder.toFile(), new URLClassLoader(new URL[0], null));
  }

  private static Config config(String... pairs) {
    return Config.of(null, pairs.length == 0 ? Map.of() : Map.of(pairs[0], pairs[1]), Map.of());
  }

  private MainJar jar(String title, String entry, String content) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (title != null) {
      manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, title);
    }
    File file = folder.resolve("order service-1.2.jar").toFile();
    try (OutputStream out = Files.newOutputStream(file.toPath());
        JarOutputStream stream = new JarOutputStream(out, manifest)) {
      if (entry != null) {
        stream.putNextEntry(new JarEntry(entry));
        stream.write(content.getBytes(StandardCharsets.UTF_8));
      }
    }
    return new MainJar(file);
  }

  @Test
  void configuredName_winsAndSaysWhereItStands() throws IOException {
    ServiceName name =
        ServiceName.detect(
            config("otel.service.name", "shop"),
            jar("title", null, null),
            spring("", "boot", null));

    assertThat(name.value).isEqualTo("shop");
    assertThat(name.origin).isEqualTo("system property");
  }

  @Test
  void resourceAttribute_winsOverDetection() {
    ServiceName name =
        ServiceName.detect(
            config("otel.resource.attributes", "service.name=my%20shop,a=b"),
            NO_JAR,
            spring("", "boot", null));

    assertThat(name.value).isEqualTo("my shop");
  }

  @Test
  void springName_isFoundOnCommandLineThenPropertyThenEnvironment() {
    assertThat(
            spring("app.jar --spring.application.name=cli --x", "prop", "env")
                .applicationName(NO_JAR))
        .isEqualTo("cli");
    assertThat(spring("app.jar", "prop", "env").applicationName(NO_JAR)).isEqualTo("prop");
    assertThat(spring("app.jar", null, "env").applicationName(NO_JAR)).isEqualTo("env");
    assertThat(spring("app.jar", null, null).applicationName(NO_JAR)).isNull();
  }

  @Test
  void springYamlInJar_isRead() throws IOException {
    String yaml =
        "# comment\nserver:\n  port: 80\n  name: no\nspring:\n  datasource:\n    name: db\n"
            + "  application:\n    name: 'order-service' # the name\n";

    ServiceName name =
        ServiceName.detect(
            config(),
            jar("title", "BOOT-INF/classes/application.yml", yaml),
            spring("", null, null));

    assertThat(name.value).isEqualTo("order-service");
    assertThat(name.origin).isEqualTo("spring.application.name");
  }

  @Test
  void placeholder_isNoName() throws IOException {
    Files.writeString(
        folder.resolve("application.properties"), "spring.application.name=${NAME:x}\n");

    assertThat(spring("", null, null).applicationName(NO_JAR)).isNull();
  }

  @Test
  void propertiesInWorkingFolder_areRead() throws IOException {
    Files.writeString(folder.resolve("application.properties"), "spring.application.name=orders\n");

    assertThat(spring("", null, null).applicationName(NO_JAR)).isEqualTo("orders");
  }

  @Test
  void manifestTitle_thenFileName_thenDefault() throws IOException {
    assertThat(
            ServiceName.detect(config(), jar("Orders", null, null), spring("", null, null)).value)
        .isEqualTo("Orders");
    assertThat(ServiceName.detect(config(), jar(null, null, null), spring("", null, null)).value)
        .isEqualTo("order service-1.2");
    assertThat(ServiceName.detect(config(), NO_JAR, spring("", null, null)).value)
        .isEqualTo("unknown_service:java");
  }

  @Test
  void brokenJar_isAsIfItWereNotThere() throws IOException {
    File broken = folder.resolve("broken.jar").toFile();
    Files.writeString(broken.toPath(), "no zip");

    ServiceName name = ServiceName.detect(config(), new MainJar(broken), spring("", null, null));

    assertThat(name.value).isEqualTo("broken");
  }
}
