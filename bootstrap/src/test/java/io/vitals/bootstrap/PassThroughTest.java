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

/** What goes out when nothing is recorded, or nothing is exported. */
class PassThroughTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private final Settings before = Settings.current;

  @AfterEach
  void restore() {
    Settings.current = before;
  }

  @Test
  void disabledSdk_passesIncomingContextOnUnchanged() {
    Settings.current = Settings.passThrough(Propagation.W3C);
    Current current = Current.get();
    current.incoming(0, PARENT);
    current.incoming(1, "vendor=1");
    current.incoming(2, "user=7");

    ServerSpan server = Probe.startServer(current, "/");
    ClientSpan client = Probe.startClient(current);

    assertThat(outgoing(client)).containsExactly(PARENT, "vendor=1", "user=7");
    assertThat(client.recorded()).isFalse();
    assertThat(server.details).isNull();
    Probe.end(current, client, null);
    Probe.end(current, server, null);
    assertThat(current.span).isNull();
  }

  @Test
  void disabledSdk_sendsNothingOfItsOwn() {
    Settings.current = Settings.passThrough(Propagation.W3C);
    Current current = Current.get();

    ClientSpan client = Probe.startClient(current);

    assertThat(outgoing(client)).containsExactly(null, null, null);
    Probe.end(current, client, null);
  }

  @Test
  void withoutExporter_contextSaysSampledAndNothingIsRecorded() {
    int bits = Sampler.ALWAYS_ON.withoutExport().decide(7, false, false, System.nanoTime());

    assertThat(bits).isEqualTo(Span.SAMPLED);
  }

  @Test
  void parentBasedAlwaysOff_followsSampledParentOnly() {
    Sampler sampler = new Sampler(0, true, false, 0);

    assertThat(sampler.decide(7, true, true, 0)).isEqualTo(Span.SAMPLED | Span.RECORDED);
    assertThat(sampler.decide(7, true, false, 0)).isZero();
    assertThat(sampler.decide(7, false, false, 0)).isZero();
  }

  @Test
  void b3_readsBothFormsAndWritesItsOwn() {
    Propagation single = new Propagation(Propagation.Format.B3);
    ServerSpan span = new ServerSpan();
    String[] values = {null, "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "1", null};

    assertThat(single.read(values, span)).isTrue();
    span.spanId = 0xb7ad6b7169203331L;
    span.bits |= Span.SAMPLED;

    assertThat(single.value(0, Current.get(), span))
        .isEqualTo("0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1");
    assertThat(single.value(1, Current.get(), span)).isNull();
    Propagation multi = new Propagation(Propagation.Format.B3_MULTI);
    assertThat(multi.value(0, Current.get(), span)).isNull();
    assertThat(multi.value(1, Current.get(), span)).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(multi.value(2, Current.get(), span)).isEqualTo("b7ad6b7169203331");
    assertThat(multi.value(3, Current.get(), span)).isEqualTo("1");
  }

  private static List<String> outgoing(Span span) {
    Propagation propagation = Settings.current.propagation;
    List<String> values = new ArrayList<>();
    for (int i = 0; i < propagation.fields.length; i++) {
      values.add(propagation.value(i, Current.get(), span));
    }
    return values;
  }
}
