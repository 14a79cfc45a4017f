/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Finds out what this process is: service, process, host, operating system, container. Reads files
 * and system properties, no JMX where it can be avoided, and runs on one of our own threads.
 */
package io.vitals.exporter.resource;
