/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The tables say what was added, whether goals are met, and when the rounds scatter too much. */
class ReportTest {
  private final Topic topic = new Topic("Requests");

  @Test
  void comparison_hasWhatIsAddedTheRatioAndTheGoal() {
    fill(Measure.CPU, "none", 100, 101, 100);
    fill(Measure.CPU, "vitals", 110, 111, 110);
    fill(Measure.CPU, "opentelemetry", 200, 201, 200);
    fill(Measure.CPU, "datadog", 180, 181, 180);
    fill(Measure.CPU, "elastic", 160, 161, 160);
    fill(Measure.CPU, "vitals-off", 100, 101, 100);
    assertThat(Report.of(topic))
        .contains(
            "| CPU a request without compilers, constant rate [us] | 100 | +10 | +100 | 0.100 | 1/8 | met |"
                + " elastic +60 |\n");
  }

  @Test
  void aGoalThatIsNotMet_isSaid() {
    fill(Measure.BYTES, "none", 1000);
    fill(Measure.BYTES, "vitals", 2000);
    fill(Measure.BYTES, "opentelemetry", 3000);
    assertThat(Report.of(topic))
        .contains("| 1,000 | +1,000 | +2,000 | 0.500 | 1/12 | **not met** | - |\n");
  }

  @Test
  void scatteringRounds_giveNoRatio() {
    fill(Measure.CPU, "none", 100, 100, 100, 100);
    fill(Measure.CPU, "vitals", 105, 108, 112, 115);
    fill(Measure.CPU, "opentelemetry", 180, 200, 200, 220);
    assertThat(Report.of(topic))
        .contains("| 100 | +10 ± 4.32 ? | +100 ± 7.85 | too noisy | 1/8 | too noisy | - |\n");
  }

  @Test
  void roundsThatScatterForAllAlike_giveOne() {
    fill(Measure.CPU, "none", 100, 150, 200);
    fill(Measure.CPU, "vitals", 110, 160, 210);
    fill(Measure.CPU, "opentelemetry", 200, 250, 300);
    assertThat(Report.of(topic)).contains("| 150 | +10 | +100 | 0.100 | 1/8 | met | - |\n");
  }

  @Test
  void aGoalThatIsMetWhateverTheErrorHides_isSaidWithoutARatio() {
    fill(Measure.CPU, "none", 100, 100, 100, 100);
    fill(Measure.CPU, "vitals", 99, 100, 102, 103);
    fill(Measure.CPU, "opentelemetry", 200, 200, 200, 200);
    assertThat(Report.of(topic)).contains("| +1 ± 1.96 ? | +100 | too noisy | 1/8 | met |");
  }

  @Test
  void aGoalThatIsMissedWhateverTheErrorHides_isSaidWithoutARatio() {
    fill(Measure.CPU, "none", 100, 100, 100, 100);
    fill(Measure.CPU, "vitals", 150, 180, 220, 250);
    fill(Measure.CPU, "opentelemetry", 200, 200, 200, 200);
    assertThat(Report.of(topic)).contains(" ? | +100 | too noisy | 1/8 | **not met** |");
  }

  @Test
  void whatIsHeldOfAGoal_isBrokenOnlyBeyondTheError() {
    fill(Measure.PROCESS_CPU, "none", 1000);
    fill(Measure.PROCESS_CPU, "vitals", 1200);
    fill(Measure.PROCESS_CPU, "opentelemetry", 2000);
    assertThat(Report.of(topic)).contains("| 1/8 | **not met** |").doesNotContain("broken");
    assertThat(Promises.broken(topic)).isEmpty();
    fill(Measure.CPU_CLOSED, "none", 1000, 1000, 1000, 1000);
    fill(Measure.CPU_CLOSED, "vitals", 1260, 1340, 1350, 1420);
    fill(Measure.CPU_CLOSED, "opentelemetry", 2000, 2000, 2000, 2000);
    assertThat(Promises.broken(topic)).isEmpty();
    fill(Measure.RESIDENT, "none", 100);
    fill(Measure.RESIDENT, "vitals", 134);
    fill(Measure.RESIDENT, "opentelemetry", 200);
    assertThat(Promises.broken(topic)).hasSize(1);
    assertThat(Report.of(topic))
        .contains("* **broken**: " + Measure.RESIDENT.title() + ": 1/3 of what");
    fill(Measure.SHARED, "none", 3000);
    fill(Measure.SHARED, "vitals", 500);
    fill(Measure.SHARED, "opentelemetry", 500);
    assertThat(Promises.broken(topic)).hasSize(2);
  }

  @Test
  void threeTimesTheFloor_areNotTooMuch() {
    fill(Measure.TIME_P50, "none", 1000);
    fill(Measure.TIME_P50, "floor", 1500);
    fill(Measure.TIME_P50, "vitals", 2500);
    assertThat(Promises.broken(topic)).isEmpty();
  }

  @Test
  void moreThanThreeTimesTheFloor_isBroken() {
    fill(Measure.TIME_P50, "none", 1000);
    fill(Measure.TIME_P50, "floor", 1400);
    fill(Measure.TIME_P50, "vitals", 2500);
    assertThat(Promises.broken(topic)).hasSize(1);
    assertThat(Report.of(topic)).contains("more than 3 times the floor");
  }

  @Test
  void anotherAgentThatAddsLess_isSaid() {
    fill(Measure.PROCESS_BYTES, "none", 1000);
    fill(Measure.PROCESS_BYTES, "vitals", 2000);
    fill(Measure.PROCESS_BYTES, "elastic", 1500);
    assertThat(Report.of(topic)).contains("| elastic +500, ahead of Vitals |");
  }

  @Test
  void moreIsBetterOfSome() {
    fill(Measure.THROUGHPUT, "none", 1000);
    fill(Measure.THROUGHPUT, "elastic", 700);
    fill(Measure.THROUGHPUT, "datadog", 800);
    assertThat(Report.of(topic)).contains("| 1,000 | - | - | - |  |  | datadog -200 |\n");
  }

  @Test
  void classesFromTheArchive_mayMissThoseThatAreWoven() {
    fill(Measure.SHARED, "none", 3000);
    fill(Measure.SHARED, "vitals", 2980);
    fill(Measure.SHARED, "opentelemetry", 500);
    assertThat(Report.of(topic)).contains("| -20 | -2,500 | 0.008 | as many but 40 | met |");
    Added tooFew = new Added(-41, 0);
    assertThat(Goal.AS_MANY.isMet(tooFew, tooFew)).isFalse();
    assertThat(Goal.AS_MANY.isMissed(tooFew, tooFew)).isTrue();
  }

  @Test
  void theFloor_isComparedAndIsNoOtherAgent() {
    fill(Measure.THREAD_BYTES, "none", 1000);
    fill(Measure.THREAD_BYTES, "floor", 1400);
    fill(Measure.THREAD_BYTES, "vitals", 1800);
    fill(Measure.THREAD_BYTES, "elastic", 5000);
    assertThat(Report.of(topic))
        .contains("| elastic +4,000 |")
        .contains("* " + Measure.THREAD_BYTES.title() + ": Vitals adds 2 times the floor\n");
  }

  @Test
  void aPeerThatFailed_hasNoFigures() {
    fill(Measure.CPU, "none", 100);
    fill(Measure.CPU, "elastic", 170);
    topic.fail("elastic", "3 traces of 100 requests\narrived");
    topic.fail("elastic", "a second reason");
    String report = Report.of(topic);
    assertThat(report).contains("* **elastic failed**: 3 traces of 100 requests arrived\n");
    assertThat(report).doesNotContain("170").doesNotContain("second reason");
    assertThat(topic.hasFailed("elastic")).isTrue();
  }

  @Test
  void medians_haveAColumnOfEachPeer() {
    fill(Measure.CPU, "none", 100, 102, 104);
    fill(Measure.CPU, "vitals-off", 100.5, 102.5, 104.5);
    topic.note("a note");
    assertThat(Report.of(topic))
        .contains("| | none | vitals-off |\n|---|--:|--:|\n")
        .contains("| CPU a request without compilers, constant rate [us] | 102 (2) | 103 (2) |\n")
        .contains("* a note\n");
  }

  @Test
  void number_hasThreeDigitsThatMatter() {
    assertThat(Report.number(12345.6)).isEqualTo("12,346");
    assertThat(Report.number(12.34)).isEqualTo("12.3");
    assertThat(Report.number(-1.234)).isEqualTo("-1.23");
    assertThat(Report.number(0)).isEqualTo("0");
  }

  @Test
  void oneRoundAlone_breaksNothing_butOfWhatIsCounted() {
    topic.add(Measure.CPU, "none", 100);
    topic.add(Measure.CPU, "vitals", 190);
    topic.add(Measure.CPU, "opentelemetry", 200);
    assertThat(Report.of(topic)).contains("| 100 | +90 ? | +100 ? | too noisy | 1/8 | too noisy |");
    assertThat(Promises.broken(topic)).isEmpty();
    topic.add(Measure.HELLO_CLASSES, "none", 500);
    topic.add(Measure.HELLO_CLASSES, "vitals", 900);
    topic.add(Measure.HELLO_CLASSES, "opentelemetry", 1500);
    assertThat(Promises.broken(topic)).hasSize(1);
  }

  /** One value is that of two rounds. */
  private void fill(Measure measure, String peer, double... values) {
    for (double value : values) {
      topic.add(measure, peer, value);
    }
    if (values.length == 1) {
      topic.add(measure, peer, values[0]);
    }
  }
}
