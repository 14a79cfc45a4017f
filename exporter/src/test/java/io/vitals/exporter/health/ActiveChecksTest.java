/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When attempts are begun, what becomes of a run, and that one that hangs is nobody else's. */
class ActiveChecksTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** Begun attempts, which end when the test runs them. */
  private final Queue<Runnable> begun = new ArrayDeque<>();

  private final Executor threads = begun::add;
  private long now = 5 * SECOND;

  /** Answers as the test says. */
  private static class Told implements Probe {
    ProbeFailure answer;
    int cancelled;

    @Override
    public void run() throws ProbeFailure {
      if (answer != null) {
        throw answer;
      }
    }

    @Override
    public void cancel() {
      cancelled++;
    }
  }

  private final Told peer = new Told();
  private final ActiveCheck check = check("a", peer, 2);

  private ActiveCheck check(String name, Probe probe, int retries) {
    return new ActiveCheck(
        new CheckSettings(name, 10 * SECOND, SECOND, retries, SECOND / 2, probe, name), now);
  }

  private void step(long afterNanos) {
    now += afterNanos;
    check.work(now, true, threads);
  }

  private void end() {
    begun.remove().run();
    check.work(now, true, threads);
  }

  @Test
  void peerThatAnswers_isAskedOnceAnInterval() {
    step(0);
    assertThat(check.outcome()).isNull();
    end();
    assertThat(check.outcome().failure).isNull();
    assertThat(check.outcome().seconds).isBetween(0.0, 10.0);
    step(10 * SECOND - 1);
    assertThat(begun).isEmpty();
    step(1);
    assertThat(begun).hasSize(1);
  }

  @Test
  void failure_isOneWhenAllAttemptsOfARunHaveFailed() {
    peer.answer = new ProbeFailure("503", "HTTP 503, expected 2xx");
    step(0);
    end();
    step(199 * MILLI);
    assertThat(begun).isEmpty();
    step(MILLI);
    end();
    step(200 * MILLI);
    assertThat(check.outcome()).isNull();
    end();
    assertThat(check.outcome().failure).hasMessage("HTTP 503, expected 2xx");
    assertThat(check.outcome().seconds).isNaN();
    // A single attempt that succeeds is a success.
    step(10 * SECOND - 400 * MILLI);
    end();
    peer.answer = null;
    step(200 * MILLI);
    end();
    assertThat(check.outcome().failure).isNull();
  }

  @Test
  void attemptThatDoesNotEnd_hasFailedAndHoldsItsOwnCheckAlone() {
    step(0);
    step(1249 * MILLI);
    assertThat(peer.cancelled).isZero();
    step(MILLI);
    assertThat(peer.cancelled).isEqualTo(1);
    Runnable hanging = begun.remove();
    // Neither its retry nor its next run is begun while it hangs.
    step(30 * SECOND);
    assertThat(begun).isEmpty();
    hanging.run();
    step(0);
    assertThat(begun).hasSize(1);
    peer.answer = new ProbeFailure("x", "x");
    end();
    step(SECOND);
    end();
    assertThat(check.outcome().failure.type).isEqualTo("x");
  }

  @Test
  void attemptThatHangs_isATimeout() {
    ActiveCheck impatient = check("b", peer, 0);
    impatient.work(now, true, threads);
    impatient.work(now + 1250 * MILLI, true, threads);
    assertThat(impatient.outcome().failure.type).isEqualTo("timeout");
    assertThat(impatient.outcome().failure).hasMessage("no answer in 1000 ms");
  }

  @Test
  void faultOfAProbe_isAFailureWithoutItsMessage() {
    ActiveCheck broken =
        check(
            "b",
            new Told() {
              @Override
              public void run() {
                throw new IllegalStateException("secret");
              }
            },
            0);
    broken.work(now, true, threads);
    begun.remove().run();
    broken.work(now, true, threads);
    assertThat(broken.outcome().failure).hasMessage("java.lang.IllegalStateException");
  }

  @Test
  void checks_haveThreadsOnlyWhileThereAreSome() throws Exception {
    ActiveChecks checks = new ActiveChecks(System::nanoTime);
    assertThat(threads()).isEmpty();
    checks.use(read("a", "b"));
    assertThat(threads()).contains("vitals-checks");
    List<ActiveCheck> before = checks.all();
    long deadline = System.nanoTime() + 20 * SECOND;
    while (before.stream().anyMatch(each -> each.outcome() == null)) {
      assertThat(System.nanoTime()).as("some check has never ended").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(before).allMatch(each -> each.outcome().failure != null);
    assertThat(threads()).hasSizeBetween(2, 3);
    checks.use(read("b", "c"));
    assertThat(checks.all().get(0)).isSameAs(before.get(1));
    checks.use(new ArrayList<>());
    while (!threads().isEmpty()) {
      assertThat(System.nanoTime()).as("left: %s", threads()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** Nobody listens on port 1. */
  private static List<CheckSettings> read(String... names) throws FileFault {
    StringBuilder text = new StringBuilder("health:\n  checks:\n");
    for (String name : names) {
      text.append("    - {type: tcp, address: '127.0.0.1:1', retries: 0, name: ")
          .append(name)
          .append("}\n");
    }
    return HealthSettings.read(YamlReader.read("a.yml", text.toString())).checks;
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("vitals-check"))
        .toList();
  }
}
