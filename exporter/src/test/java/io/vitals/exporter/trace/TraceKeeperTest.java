/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.PathFilter;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.Propagation;
import io.vitals.bootstrap.Sampler;
import io.vitals.bootstrap.Scope;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Settings;
import io.vitals.bootstrap.Sink;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.Rig;
import io.vitals.exporter.aggregate.AggregatorOptions;
import io.vitals.exporter.aggregate.DrainWorker;
import io.vitals.exporter.self.Drop;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traces that the sampler dropped are kept for their outcome, through the real probe. */
class TraceKeeperTest {
  /** The lower half of a trace id that a ratio of 1 % drops. */
  private static final long DROPPED = Long.MAX_VALUE;

  private final Settings settingsBefore = Settings.current;
  private Sink sinkBefore;
  private Rig rig;

  @BeforeEach
  void dropEverythingButRecordIt() {
    String[] none = {};
    Sampler sampler = new Sampler(0, true, true, 0);
    Settings.current =
        new Settings(sampler, Propagation.W3C, PathFilter.NONE, none, none, none, none);
    use(new AggregatorOptions().keepErrors(true).keepSlow(true).rescuedTracesPerSecond(1000));
  }

  private void use(AggregatorOptions options) {
    rig = new Rig(options);
    Sink before = Probe.install(rig.handoff);
    sinkBefore = sinkBefore == null ? before : sinkBefore;
  }

  @AfterEach
  void restore() {
    Probe.install(sinkBefore);
    Settings.current = settingsBefore;
    assertThat(Current.span()).isNull();
  }

  private static ServerSpan start(String route) {
    ServerSpan span = Probe.startServer(Current.get(), route);
    span.method = "GET";
    span.route = route;
    return span;
  }

  private static void end(Span span, int status) {
    span.status(status);
    Probe.end(Current.get(), span, null);
  }

  /** A request of a chosen duration; the probe reads the real clock. */
  private void answered(String route, int status, long nanos) {
    ServerSpan span = Rig.request(route, status, nanos);
    span.bits |= Span.RECORDED;
    span.traceIdLow = System.nanoTime();
    rig.offer(span);
  }

  private List<Span> drained() {
    while (rig.handoff.drain(10_000) > 0) {
      assertThat(rig.handoff.depth()).isNotNegative();
    }
    return rig.kept();
  }

  @Test
  void failedRequest_isKeptWithItsChildren() {
    ServerSpan fine = start("/fine");
    end(fine, 404);
    ServerSpan failed = start("/failed");
    DbSpan statement = Probe.startDb(Current.get());
    Probe.end(Current.get(), statement, null);
    end(failed, 500);

    assertThat(drained()).containsExactlyInAnyOrder(failed, statement).allMatch(Span::sampled);
    assertThat(rig.counters.rescuedTraces()).isEqualTo(1);
    assertThat(rig.counters.drops(Drop.RESCUE_BUDGET)).isZero();
  }

  @Test
  void trouble_keepsTheFailedAndTwoOthersASecond() {
    use(new AggregatorOptions().rescuedTracesPerSecond(1000));
    rig.aggregator.inTrouble(true);
    for (int i = 0; i < 10; i++) {
      answered("/a", 200, 1_000);
      answered("/a", 500, 1_000);
    }
    assertThat(drained()).hasSize(12);
    rig.clock.advanceSeconds(1);
    answered("/a", 200, 1_000);
    rig.aggregator.inTrouble(false);
    answered("/a", 500, 1_000);
    assertThat(drained()).hasSizeLessThanOrEqualTo(13);
  }

  @Test
  void samplerInTrouble_recordsWhatItDropsWhereTracesAreExported() {
    Sampler sampler = new Sampler(0.01, true, false, 0);
    assertThat(sampler.decide(DROPPED, false, false, 0)).isZero();
    sampler.inTrouble(true);
    assertThat(sampler.decide(DROPPED, false, false, 0)).isEqualTo(Span.RECORDED);
    sampler.inTrouble(false);
    assertThat(sampler.decide(DROPPED, false, false, 0)).isZero();
    Sampler alone = sampler.withoutExport();
    alone.inTrouble(true);
    assertThat(alone.decide(DROPPED, false, false, 0)).isZero();
  }

  @Test
  void samplerThatIsOff_staysOffInTrouble() {
    Sampler off = new Sampler(0, true, false, 0);
    off.inTrouble(true);
    assertThat(off.decide(DROPPED, false, false, 0)).isZero();
  }

  @Test
  void failedRequest_isNotKeptUnlessAskedFor() {
    use(new AggregatorOptions().keepSlow(true));
    end(start("/failed"), 500);
    assertThat(drained()).isEmpty();
  }

  @Test
  void workOnOtherThreads_isKeptWhetherItEndsBeforeOrAfterTheRoot() {
    ServerSpan root = start("/failed");
    DbSpan before = elsewhere(root);
    end(root, 503);
    DbSpan after = elsewhere(root);

    assertThat(drained()).containsExactlyInAnyOrder(root, before, after);

    ServerSpan fine = start("/fine");
    elsewhere(fine);
    end(fine, 200);
    elsewhere(fine);
    assertThat(drained()).isEmpty();
    assertThat(rig.counters.drops(Drop.UNDECIDED_TOO_OLD)).isZero();
  }

  /** What a pool's thread does: a scope of its own with a statement in it. */
  private static DbSpan elsewhere(Span origin) {
    Current current = Current.get();
    Span open = current.span;
    current.span = null;
    Scope scope = Probe.enter(current, origin);
    DbSpan statement = Probe.startDb(current);
    Probe.end(current, statement, null);
    Probe.exit(current, scope);
    current.span = open;
    return statement;
  }

  @Test
  void longRoot_isKeptWithThePartsHandedOffBefore() {
    ServerSpan root = start("/job");
    for (int i = 0; i < 500; i++) {
      Probe.end(Current.get(), Probe.startDb(Current.get()), null);
      if (i % 100 == 0) {
        rig.handoff.drain(1000);
        assertThat(rig.kept.size()).isZero();
      }
    }
    end(root, 500);

    assertThat(drained()).hasSize(501).contains(root).doesNotHaveDuplicates();
  }

  @Test
  void rootWithTooManySpans_saysHowManyWereLeftOut() {
    ServerSpan root = start("/job");
    for (int i = 0; i < 3_000; i++) {
      Probe.end(Current.get(), Probe.startDb(Current.get()), null);
    }
    end(root, 500);

    List<Span> kept = drained();
    assertThat(kept).contains(root).hasSizeBetween(Probe.MOST_SPANS, Probe.MOST_SPANS + 64);
    assertThat(root.trail.leftOut).isEqualTo(3_001 - kept.size());
    assertThat(
            Rig.metric(rig.export(), "db.client.operation.duration")
                .getHistogramData()
                .getPoints()
                .stream()
                .mapToLong(point -> point.getCount())
                .sum())
        .isEqualTo(3_000);
  }

  @Test
  void slowRequest_isKeptOnceItsRouteHasBeenSeenOftenEnough() {
    answered("/r", 200, 900_000_000);
    for (int i = 0; i < 99; i++) {
      answered("/r", 200, 10_000_000 + i);
    }
    assertThat(drained()).isEmpty();

    answered("/r", 200, 10_000_050);
    answered("/r", 200, 300_000_000);
    answered("/r", 404, 300_000_000);
    answered("/other", 200, 300_000_000);

    assertThat(drained()).hasSize(2).allMatch(span -> span.endNanos > 300_000_000);
  }

  @Test
  void slowness_isJudgedByTheIntervalBefore() {
    for (int i = 0; i < 200; i++) {
      answered("/r", 200, 10_000_000);
    }
    drained();
    rig.clock.advanceSeconds(10);
    new DrainWorker(rig.aggregator, rig.handoff, () -> {}).work();
    answered("/r", 200, 20_000_000);

    assertThat(drained()).hasSize(1);
  }

  @Test
  void keptTraces_stayWithinTheBudget() {
    use(new AggregatorOptions().keepErrors(true).rescuedTracesPerSecond(10));
    for (int i = 0; i < 100; i++) {
      end(start("/failed"), 500);
    }
    assertThat(drained()).hasSize(10);
    assertThat(rig.counters.drops(Drop.RESCUE_BUDGET)).isEqualTo(90);

    rig.clock.advanceSeconds(1);
    for (int i = 0; i < 100; i++) {
      end(start("/failed"), 500);
    }
    assertThat(drained()).hasSize(10);
  }

  @Test
  void undecidedSpans_areBoundedInNumberAndAge() {
    ServerSpan root = start("/endless");
    for (int i = 0; i < UndecidedSpans.MOST_SPANS + 100; i++) {
      elsewhere(root);
      rig.handoff.drain(1000);
    }
    assertThat(rig.counters.drops(Drop.UNDECIDED_TABLE_FULL)).isEqualTo(100);

    rig.clock.advanceSeconds(61);
    new DrainWorker(rig.aggregator, rig.handoff, () -> {}).work();
    assertThat(rig.counters.drops(Drop.UNDECIDED_TOO_OLD)).isEqualTo(UndecidedSpans.MOST_SPANS);
    end(root, 200);
    assertThat(drained()).isEmpty();
  }

  @Test
  void sampledTraces_passWithoutADecision() {
    Settings.current = settingsBefore;
    ServerSpan root = start("/r");
    ClientSpan client = Probe.startClient(Current.get());
    client.url = "http://a.example.com/";
    Probe.end(Current.get(), client, null);
    end(root, 200);

    assertThat(drained()).containsExactly(client, root);
    assertThat(rig.counters.sampledSpans()).isEqualTo(2);
  }

  @Test
  void fullQueueToTheExport_isCounted() {
    rig = new Rig(new AggregatorOptions(), 2048, 8);
    Probe.install(rig.handoff);
    Settings.current = settingsBefore;
    for (int i = 0; i < 20; i++) {
      end(start("/r"), 200);
    }
    rig.handoff.drain(100);

    assertThat(rig.kept.size()).isEqualTo(8);
    assertThat(rig.counters.drops(Drop.KEPT_QUEUE_FULL)).isEqualTo(12);
    assertThat(Rig.serverPoint(rig.export(), "/r").getCount()).isEqualTo(20);
  }
}
