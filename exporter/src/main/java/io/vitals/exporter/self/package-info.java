/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the agent counts of itself. */
package io.vitals.exporter.self;
