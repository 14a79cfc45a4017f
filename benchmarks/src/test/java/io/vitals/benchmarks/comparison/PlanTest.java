/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitals.benchmarks.peer.Peer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan is read from words, and a bad word is named; rounds go there and back. */
class PlanTest {
  @Test
  void words_changeThePlan() {
    Plan plan = Plan.parse(List.of("quick", "rounds=7", "peers=none,elastic", "parts=cds,aot"));
    assertThat(plan.rounds()).isEqualTo(7);
    assertThat(plan.peers()).containsExactly("none", "elastic");
    assertThat(plan.has("cds")).isTrue();
    assertThat(plan.has("requests")).isFalse();
    assertThat(plan.rate()).isEqualTo(Plan.QUICK.rate());
    assertThat(Plan.parse(List.of("quick", "peers=all")).peers()).isEmpty();
    assertThat(Plan.parse(List.of("full"))).isEqualTo(Plan.FULL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rounds=0", "rounds=many", "speed=9", "speed", "parts=all"})
  void aBadWord_isNamed(String word) {
    assertThatThrownBy(() -> Plan.parse(List.of("full", word)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(word.substring(0, 5));
  }

  @Test
  void anUnknownPlan_isNamed() {
    assertThatThrownBy(() -> Plan.parse(List.of("slow"))).hasMessageContaining("not: slow");
    assertThatThrownBy(() -> Plan.parse(List.of())).hasMessageContaining("quick or full");
  }

  @Test
  void rounds_goThereAndBack() {
    Peer first = new Peer("none", 0, List.of(), List.of());
    Peer second = new Peer("acme", 1, List.of(), List.of());
    assertThat(Rounds.order(List.of(first, second), 0)).containsExactly(first, second);
    assertThat(Rounds.order(List.of(first, second), 1)).containsExactly(second, first);
  }

  @Test
  void aPeerThatFails_isLeftOutFromThen() {
    Topic topic = new Topic("a test");
    int[] runs = new int[1];
    Rounds.run(
        topic,
        List.of(new Peer("acme", 1, List.of(), List.of())),
        3,
        peer -> {
          runs[0]++;
          throw new IllegalStateException("no traces");
        });
    assertThat(runs[0]).isEqualTo(1);
    assertThat(topic.failures()).containsEntry("acme", "no traces");
  }

  @Test
  void compilersRest_whenTheyTakeLessThanThreePartsInAHundred() {
    assertThat(Requests.compilersRest(1000, 971)).isTrue();
    assertThat(Requests.compilersRest(1000, 969)).isFalse();
  }

  @Test
  void tracesThatDidNotArrive_failThePeer() {
    Peer sampled = new Peer("acme", 1, List.of(), List.of());
    Requests.checkFewest(sampled, 600, 1000);
    assertThatThrownBy(() -> Requests.checkFewest(sampled, 499, 1000))
        .hasMessageContaining("499 traces");
    Requests.checkMost(sampled, 1000, 1000);
    assertThatThrownBy(() -> Requests.checkMost(sampled, 1011, 1000)).hasMessageContaining("1011");
    Peer percent = new Peer("acme-1percent", 0.01, List.of(), List.of());
    Requests.checkFewest(percent, 7, 1000);
    assertThatThrownBy(() -> Requests.checkFewest(percent, 4, 1000)).hasMessageContaining("were");
    Requests.checkMost(percent, 13, 1000);
    assertThatThrownBy(() -> Requests.checkMost(percent, 1000, 1000)).hasMessageContaining("were");
    Peer off = new Peer("acme-off", 0, List.of(), List.of());
    Requests.checkFewest(off, 0, 1000);
    Requests.checkMost(off, 0, 1000);
    assertThatThrownBy(() -> Requests.checkMost(off, 1, 1000)).hasMessageContaining("1 traces");
  }
}
