/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ends after its root has ended on another thread is handed off all the same. */
class LateChildTest {
  private final List<Span> offered = new ArrayList<>();
  private final Sink before =
      Probe.install(
          new Sink() {
            @Override
            public void offer(Span newest) {
              offered.add(newest);
            }

            @Override
            public void failure(String name, Throwable failure) {
              throw new AssertionError(name, failure);
            }
          });

  @AfterEach
  void restore() {
    Probe.install(before);
    assertThat(Current.span()).isNull();
  }

  @Test
  void child_thatOutlivesAnAsynchronousRoot_isHandedOffAlone() throws Exception {
    Current current = Current.get();
    ServerSpan root = Probe.startServer(current, "/async");
    DbSpan child = Probe.startDb(current);
    Thread answering = new Thread(() -> Probe.end(Current.get(), root, null));
    answering.start();
    answering.join();
    Probe.end(current, child, null);
    Probe.leave(current, root);

    assertThat(offered).containsExactly(root, child);
    assertThat(root.next).isNull();
    assertThat(child.parentSpanId).isEqualTo(root.spanId);
  }

  @Test
  void child_thatOutlivesItsScope_isHandedOffAlone() {
    Current current = Current.get();
    ServerSpan root = Probe.startServer(current, "/r");
    Probe.leave(current, root);
    Scope scope = Probe.enter(current, root);
    ClientSpan child = Probe.startClient(current);
    Probe.exit(current, scope);
    Probe.end(current, child, null);
    current.span = null;

    assertThat(offered).containsExactly(child);
  }
}
