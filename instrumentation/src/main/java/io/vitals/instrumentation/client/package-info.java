/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** HTTP clients: one client span a request, and the trace's headers in it. */
package io.vitals.instrumentation.client;
