/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Background work as small steps, and the one thread runner for it. */
package io.vitals.exporter.work;
