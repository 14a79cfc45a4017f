/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Reads YAML files that people write, and says where in them something is wrong.
 *
 * <p>The parser is snakeyaml-engine; only its tree with positions is used, and nothing is ever made
 * into an object of a class that the file names.
 */
package io.vitals.exporter.yaml;
