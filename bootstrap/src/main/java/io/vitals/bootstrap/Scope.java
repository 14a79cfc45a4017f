/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/**
 * The stay of a trace on a further thread: it gathers what ends there and is itself never exported.
 *
 * <p>Its ids are those of the span that the work belongs to, so that children find their parent.
 */
public final class Scope extends Span {}
