/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What the user asked for: agent arguments, system properties, environment variables and a
 * properties file, read once and handed around as one immutable {@link Config}.
 *
 * <p>Runs before {@code main}: nothing here may reach a lambda, a regular expression, {@code
 * java.nio.file} or a logger.
 */
package io.vitals.exporter.config;
