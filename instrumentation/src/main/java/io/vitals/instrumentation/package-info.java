/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * One file per library: which types, which methods, the advice, what it reads.
 *
 * <p>The packages are kinds: {@code server}, {@code client}, {@code db}, {@code concurrent}, {@code
 * method}. To add a library, write one {@link io.vitals.instrumentation.Hook} and name it in {@link
 * io.vitals.instrumentation.Hooks}; the packaging puts its types into the index that the
 * transformer probes.
 */
package io.vitals.instrumentation;
