/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.peer.Peer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Runs every peer once a round, in the reverse order every other round, so that a machine that
 * slows down or warms up favours nobody.
 */
final class Rounds {
  private Rounds() {}

  /** What is measured of one peer in one round. */
  interface Trial {
    void run(Peer peer) throws Exception;
  }

  /**
   * Runs them; a peer that fails once is reported by the topic as failed and left out from then.
   */
  static void run(Topic topic, List<Peer> peers, int rounds, Trial trial) {
    for (int round = 0; round < rounds; round++) {
      for (Peer peer : order(peers, round)) {
        if (topic.hasFailed(peer.name())) {
          continue;
        }
        String which = rounds == 1 ? "" : "round " + (round + 1) + " of " + rounds + ", ";
        System.err.println(topic.title() + ": " + which + peer.name());
        try {
          trial.run(peer);
        } catch (Exception e) {
          System.err.println(peer.name() + " failed: " + e);
          topic.fail(peer.name(), e.getMessage() == null ? e.toString() : e.getMessage());
        }
      }
    }
  }

  static List<Peer> order(List<Peer> peers, int round) {
    List<Peer> order = new ArrayList<>(peers);
    if (round % 2 == 1) {
      Collections.reverse(order);
    }
    return order;
  }
}
