/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.resource;

import io.vitals.exporter.config.Config;

/**
 * The name of the service and where it was found.
 *
 * <p>In the order of OpenTelemetry's agent: {@code otel.service.name}, {@code
 * otel.resource.attributes}, Spring Boot's {@code spring.application.name}, {@code
 * Implementation-Title} in the manifest of the {@code -jar} file, that file's name.
 */
public final class ServiceName {
  /** The name. */
  public final String value;

  /** Where it was found, for people to read. */
  public final String origin;

  private ServiceName(String value, String origin) {
    this.value = value;
    this.origin = origin;
  }

  /** Finds the name; opens the application's jar, so not before {@code main}. */
  public static ServiceName detect(Config config) {
    return detect(config, MainJar.ofThisProcess(), SpringFiles.ofThisProcess());
  }

  static ServiceName detect(Config config, MainJar jar, SpringFiles spring) {
    String configured = config.string("otel.service.name", null);
    if (configured != null) {
      return new ServiceName(configured, config.origin("otel.service.name"));
    }
    String attribute = config.map("otel.resource.attributes").get("service.name");
    if (attribute != null && !attribute.isEmpty()) {
      return new ServiceName(attribute, config.origin("otel.resource.attributes"));
    }
    String springName = spring.applicationName(jar);
    if (springName != null) {
      return new ServiceName(springName, "spring.application.name");
    }
    String title = jar.manifest("Implementation-Title");
    if (title != null) {
      return new ServiceName(title, "Implementation-Title of " + jar.fileName());
    }
    String name = jar.nameWithoutEnding();
    return name == null
        ? new ServiceName("unknown_service:java", "default")
        : new ServiceName(name, "file name of -jar");
  }
}
