/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ends after its root has ended on another thread is handed off all the same. */
class LateChildTest {
  private final OfferedSpans sink = new OfferedSpans();
  private final List<Span> offered = sink.heads;

  @AfterEach
  void restore() {
    sink.uninstall();
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
