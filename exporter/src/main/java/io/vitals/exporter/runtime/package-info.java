/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The stable {@code jvm.*} metrics, read from the platform's beans on the export thread when an
 * export is due. No bean server is made or asked.
 */
package io.vitals.exporter.runtime;
