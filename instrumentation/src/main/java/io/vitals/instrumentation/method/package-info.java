/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Methods of the application that the configuration names. */
package io.vitals.instrumentation.method;
