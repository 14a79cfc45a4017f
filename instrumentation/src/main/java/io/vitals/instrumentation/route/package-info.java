/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Web frameworks inside a servlet, which know the route of a request better than its server. */
package io.vitals.instrumentation.route;
