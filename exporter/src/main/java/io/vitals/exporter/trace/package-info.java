/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Which traces are shown, and their way to the export thread. */
package io.vitals.exporter.trace;
