/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.peer.Peer;
import java.util.ArrayList;
import java.util.List;

/** Which of the promises a comparison has shown to be broken, whatever the error of its rounds. */
final class Promises {
  /** What an agent may take of the time that the floor takes. */
  private static final int MOST_FLOORS = 3;

  private Promises() {}

  /** A sentence for each that is broken. */
  static List<String> broken(Topic topic) {
    List<String> broken = new ArrayList<>();
    Added time = topic.added(Measure.TIME_P50, Peer.VITALS);
    Added floor = topic.added(Measure.TIME_P50, Peer.FLOOR);
    if (time != null && floor != null && time.atLeast() > MOST_FLOORS * floor.atMost()) {
      broken.add(
          Measure.TIME_P50.title() + ": Vitals adds more than " + MOST_FLOORS + " times the floor");
    }
    for (Measure measure : topic.measures()) {
      Added vitals = topic.added(measure, Peer.VITALS);
      Added opentelemetry = topic.added(measure, Peer.OPENTELEMETRY);
      boolean both = vitals != null && opentelemetry != null;
      if (both && measure.goal().isBroken(vitals, opentelemetry)) {
        broken.add(
            measure.title()
                + ": "
                + measure.goal().heldShare()
                + " of what OpenTelemetry's agent adds was held so far");
      }
    }
    return broken;
  }
}
