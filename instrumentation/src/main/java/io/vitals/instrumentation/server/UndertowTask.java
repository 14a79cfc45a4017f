/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;

/** Work that goes on with an exchange of Undertow, with its span open. */
public final class UndertowTask implements Runnable {
  private final ServerSpan span;
  private final Runnable work;

  UndertowTask(ServerSpan span, Runnable work) {
    this.span = span;
    this.work = work;
  }

  @Override
  public void run() {
    Current current = Current.get();
    Span before = current.span;
    Probe.resume(current, span);
    try {
      work.run();
    } finally {
      ServedRequest.leave(current, before);
    }
  }
}
