/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.util.ArrayList;
import java.util.List;

/** The sink of a test: keeps the heads of what is handed off, until the one before is put back. */
final class OfferedSpans implements Sink {
  final List<Span> heads = new ArrayList<>();
  private final Sink before = Probe.install(this);

  @Override
  public void offer(Span newest) {
    heads.add(newest);
  }

  @Override
  public void failure(String name, Throwable failure) {
    throw new AssertionError(name, failure);
  }

  void uninstall() {
    Probe.install(before);
  }
}
