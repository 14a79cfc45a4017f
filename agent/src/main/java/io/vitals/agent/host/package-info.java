/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Loads extension jars, asks them for their metrics, and keeps their faults from everybody else.
 */
package io.vitals.agent.host;
