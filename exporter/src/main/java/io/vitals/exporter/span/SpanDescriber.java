/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.vitals.bootstrap.Span;

/**
 * Says what a backend is told of spans of one kind.
 *
 * <p>One implementation a kind, called through this interface: so the JVM compiles each of them
 * once and not, over and over, into whatever encodes spans.
 */
interface SpanDescriber {
  /** Puts the attributes and returns the name. */
  String describe(Span span, SpanAttributes into);
}
