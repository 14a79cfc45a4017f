/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The language of alert rules, and what its expressions are evaluated over. */
package io.vitals.exporter.rule;
