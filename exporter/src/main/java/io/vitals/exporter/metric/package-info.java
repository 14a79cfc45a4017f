/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** From closed intervals to the SDK's metric data. */
package io.vitals.exporter.metric;
