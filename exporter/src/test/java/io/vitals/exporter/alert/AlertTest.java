/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The state machine beside that of Prometheus: its published rules, and a model of them. */
class AlertTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /**
   * An evaluation finds the condition to hold (H), not to hold (.), or no data (?); X is a word.
   */
  private static String states(long forSeconds, long keepSeconds, long every, String evaluations) {
    Alert alert = alert(forSeconds, keepSeconds);
    StringBuilder states = new StringBuilder();
    long now = 1000 * SECOND;
    for (char each : evaluations.toCharArray()) {
      if (each == 'H') {
        alert.hold(now, 1, 0, null);
      } else if (each == '.') {
        alert.endHolding(now);
      } else if (each == 'X') {
        alert.resolve("eva", now);
      } else {
        alert.unknown(now);
      }
      states.append(
          alert.state().name().charAt(0) == 'R' ? sign(alert) : alert.state().name().charAt(0));
      now += every * SECOND;
    }
    return states.toString();
  }

  private static char sign(Alert alert) {
    return alert.state() == AlertState.RECOVERING ? 'r' : 'R';
  }

  private static Alert alert(long forSeconds, long keepSeconds) {
    Rule.Builder rule = new Rule.Builder("g", "a");
    rule.forNanos = forSeconds * SECOND;
    rule.keepFiringNanos = keepSeconds * SECOND;
    return new Alert(rule.build(), new TreeMap<>(), "f");
  }

  @Test
  void startThatWasTold_movesBackWithAClockThatIsSetBack_andNeverAhead() {
    Alert alert = alert(10, 0);
    alert.hold(100 * SECOND, 1, 0, null);
    assertThat(told(alert, 100, 0)).containsExactly(100L, 100L, 0L, 0L);
    alert.hold(110 * SECOND, 1, 0, null);
    assertThat(told(alert, 110, 3600)).containsExactly(3710L, 100L, 110L, 0L);
    assertThat(told(alert, 120, -50)).containsExactly(70L, 50L, 60L, 0L);
    alert.endHolding(130 * SECOND);
    assertThat(told(alert, 130, 0)).containsExactly(130L, 50L, 60L, 130L);
    alert.hold(140 * SECOND, 1, 0, null);
    assertThat(told(alert, 140, 7)).containsExactly(147L, 147L, 0L, 0L);
  }

  /** Time, start, begin of firing and end in seconds. */
  private static List<Long> told(Alert alert, long now, long ahead) {
    AlertEvent event = alert.event(AlertState.FIRING, now * SECOND, ahead * SECOND, null);
    List<Long> told = new ArrayList<>();
    for (long each :
        new long[] {
          event.timeEpochNanos, event.startEpochNanos, event.firedEpochNanos, event.endEpochNanos
        }) {
      told.add(each / SECOND);
    }
    return told;
  }

  @Test
  void condition_firesAfterItsForInARow() {
    assertThat(states(0, 0, 10, "H.")).isEqualTo("FR");
    assertThat(states(30, 0, 10, "HHHHH")).isEqualTo("PPPFF");
    assertThat(states(30, 0, 10, "HHH.HHHH")).isEqualTo("PPPIPPPF");
    // "for" rounds up to whole intervals.
    assertThat(states(25, 0, 10, "HHHH")).isEqualTo("PPPF");
  }

  @Test
  void firingAlert_recoversForItsKeepFiringFor() {
    assertThat(states(0, 20, 10, "H...H")).isEqualTo("FrrRF");
    assertThat(states(0, 20, 10, "H.H..HH...")).isEqualTo("FrFrrFFrrR");
    assertThat(states(20, 0, 10, "HHH.HHH")).isEqualTo("PPFRPPF");
  }

  @Test
  void noData_holdsWhatFiresAndResetsWhatWaits() {
    assertThat(states(0, 0, 10, "H???H")).isEqualTo("FFFFF");
    assertThat(states(20, 0, 10, "HH?HHH")).isEqualTo("PPIPPF");
    // An hour without data is an end.
    assertThat(states(0, 0, 1800, "H???")).isEqualTo("FFFR");
  }

  @Test
  void resolvedAlert_isRememberedForFifteenMinutes() {
    Alert alert = alert(0, 0);
    alert.hold(SECOND, 1, 0, null);
    alert.endHolding(2 * SECOND);
    assertThat(alert.isOver(2 * SECOND + Alert.REMEMBERED_NANOS - 1)).isFalse();
    assertThat(alert.isOver(2 * SECOND + Alert.REMEMBERED_NANOS)).isTrue();
  }

  @Test
  void alertThatAPersonResolves_firesAnewOnlyAfterItsCondition() {
    assertThat(states(0, 0, 10, "HXHHH.HH")).isEqualTo("FRRRRRFF");
    assertThat(states(20, 0, 10, "HHHXH?H.HHH")).isEqualTo("PPFRRRRRPPF");
    // An hour without data is an end here too.
    assertThat(states(0, 0, 1800, "HX???H")).isEqualTo("FRRRRF");
    Alert alert = alert(0, 0);
    alert.hold(SECOND, 1, 0, null);
    alert.resolve("eva", 2 * SECOND);
    assertThat(alert.isOver(2 * SECOND + Alert.REMEMBERED_NANOS)).as("it holds still").isFalse();
    AlertEvent event = alert.event(AlertState.FIRING, 3 * SECOND, 0, null);
    assertThat(event.resolvedBy).isEqualTo("eva");
    assertThat(event.endEpochNanos).isEqualTo(2 * SECOND);
    alert.endHolding(4 * SECOND);
    assertThat(alert.isOver(2 * SECOND + Alert.REMEMBERED_NANOS)).isTrue();
    alert.hold(5 * SECOND, 1, 0, null);
    alert.endHolding(6 * SECOND);
    assertThat(alert.event(AlertState.FIRING, 6 * SECOND, 0, null).resolvedBy).isNull();
  }

  /** What Prometheus' rules/alerting.go decides, written down as its manual describes it. */
  private static final class Model {
    final long forSeconds;
    final long keepSeconds;
    long activeAt = -1;
    long keepFiringSince = -1;
    boolean firing;
    boolean resolved;

    Model(long forSeconds, long keepSeconds) {
      this.forSeconds = forSeconds;
      this.keepSeconds = keepSeconds;
    }

    String step(long now, boolean holds) {
      if (holds) {
        if (activeAt < 0) {
          activeAt = now;
          resolved = false;
        }
        keepFiringSince = -1;
        firing |= now - activeAt >= forSeconds;
        return firing ? "FIRING" : "PENDING";
      }
      if (activeAt < 0) {
        return resolved ? "RESOLVED" : "INACTIVE";
      }
      if (!firing) {
        activeAt = -1;
        return "INACTIVE";
      }
      if (keepFiringSince < 0) {
        keepFiringSince = now;
      }
      if (now - keepFiringSince < keepSeconds) {
        return "RECOVERING";
      }
      firing = false;
      activeAt = -1;
      keepFiringSince = -1;
      resolved = true;
      return "RESOLVED";
    }
  }

  @Test
  void randomConditions_goTheWayOfPrometheus() {
    Random random = new Random(11);
    for (int run = 0; run < 2000; run++) {
      long forSeconds = random.nextInt(5) * 10;
      long keepSeconds = random.nextInt(5) * 10;
      Alert alert = alert(forSeconds, keepSeconds);
      Model model = new Model(forSeconds, keepSeconds);
      List<Boolean> seen = new ArrayList<>();
      long now = 1000;
      boolean holds = false;
      for (int i = 0; i < 60; i++) {
        holds = random.nextInt(4) == 0 ? !holds : holds;
        seen.add(holds);
        if (holds) {
          alert.hold(now * SECOND, 1, 0, null);
        } else {
          alert.endHolding(now * SECOND);
        }
        assertThat(alert.state().name())
            .as("for %s keep %s: %s", forSeconds, keepSeconds, seen)
            .isEqualTo(model.step(now, holds));
        now += 5 + random.nextInt(10);
      }
    }
  }
}
