/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.internal.DefaultConfigProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The settings of one exporter, exactly those of a map, with where its sender comes from.
 *
 * <p>The SDK's own class takes a component loader only together with the system's properties, from
 * which an option that was refused could not be taken out.
 */
final class ExporterSettings implements ConfigProperties {
  private final ConfigProperties settings;
  private final ComponentLoader components;

  ExporterSettings(Map<String, String> settings, ComponentLoader components) {
    this.settings = DefaultConfigProperties.createFromMap(settings);
    this.components = components;
  }

  @Override
  public ComponentLoader getComponentLoader() {
    return components;
  }

  @Override
  public String getString(String name) {
    return settings.getString(name);
  }

  @Override
  public Boolean getBoolean(String name) {
    return settings.getBoolean(name);
  }

  @Override
  public Integer getInt(String name) {
    return settings.getInt(name);
  }

  @Override
  public Long getLong(String name) {
    return settings.getLong(name);
  }

  @Override
  public Double getDouble(String name) {
    return settings.getDouble(name);
  }

  @Override
  public Duration getDuration(String name) {
    return settings.getDuration(name);
  }

  @Override
  public List<String> getList(String name) {
    return settings.getList(name);
  }

  @Override
  public Map<String, String> getMap(String name) {
    return settings.getMap(name);
  }
}
