/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** HTTP servers: one server span a request, whatever answers it. */
package io.vitals.instrumentation.server;
