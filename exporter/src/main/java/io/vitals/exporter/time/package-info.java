/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The time that everything behind the hand-off reckons with, whatever is done to the wall clock.
 */
package io.vitals.exporter.time;
