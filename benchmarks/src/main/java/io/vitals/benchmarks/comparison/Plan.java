/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.peer.Peer;
import java.util.List;

/**
 * How long and how often is measured.
 *
 * @param peers the names of the peers; none is all of them
 * @param rounds how often work in memory, and a shop, is measured under each peer, each time in a
 *     process of its own
 * @param turns how often in a round each peer's shop serves load, all of them being there at once
 * @param starts how often each peer starts
 * @param iterations how many times 2 seconds work in memory is measured, and warmed up at least
 * @param settled how many seconds old a process is before anything counts: what an agent does once,
 *     some seconds after the start, is the cost of no request
 * @param warmUp requests served at most before anything counts; fewer if the compilers rest
 * @param constant seconds at the constant rate
 * @param closed seconds of closed loop
 * @param rate requests a second; must lie well below what the slowest peer can serve
 * @param everyJdk whether load is served, and started without archive, on every JDK
 * @param parts which parts run: {@code micro}, {@code memory}, {@code methods}, {@code requests},
 *     {@code start}, {@code cds}, {@code aot}
 */
record Plan(
    List<String> peers,
    int rounds,
    int turns,
    int starts,
    int iterations,
    int settled,
    int warmUp,
    int constant,
    int closed,
    int rate,
    boolean everyJdk,
    List<String> parts) {

  private static final List<String> PARTS =
      List.of("micro", "memory", "methods", "requests", "start", "cds", "aot");

  static final Plan QUICK =
      new Plan(
          List.of(Peer.NONE, Peer.FLOOR, Peer.VITALS, Peer.OPENTELEMETRY),
          2,
          2,
          2,
          2,
          12,
          40_000,
          2,
          2,
          2_000,
          false,
          List.of("memory", "requests", "start"));

  static final Plan FULL = new Plan(List.of(), 3, 3, 4, 4, 12, 600_000, 5, 3, 2_000, true, PARTS);

  /** {@code quick} or {@code full}, and then any {@code name=value} of the record's components. */
  static Plan parse(List<String> words) {
    Plan plan =
        switch (words.isEmpty() ? "" : words.get(0)) {
          case "quick" -> QUICK;
          case "full" -> FULL;
          default ->
              throw new IllegalArgumentException(
                  "expected quick or full, and then any of peers=a,b rounds=2 turns=2 starts=2"
                      + " iterations=2 settled=12 warmUp=40000 constant=2 closed=2 rate=2000 everyJdk=true"
                      + " parts="
                      + String.join(",", PARTS)
                      + ", not: "
                      + String.join(" ", words));
        };
    for (String word : words.subList(1, words.size())) {
      int sign = word.indexOf('=');
      plan = plan.with(word.substring(0, Math.max(0, sign)), word.substring(sign + 1));
    }
    return plan;
  }

  boolean has(String part) {
    return parts.contains(part);
  }

  private Plan with(String name, String value) {
    return new Plan(
        name.equals("peers") ? names(value) : peers,
        name.equals("rounds") ? number(name, value) : rounds,
        name.equals("turns") ? number(name, value) : turns,
        name.equals("starts") ? number(name, value) : starts,
        name.equals("iterations") ? number(name, value) : iterations,
        name.equals("settled") ? number(name, value) : settled,
        name.equals("warmUp") ? number(name, value) : warmUp,
        name.equals("constant") ? number(name, value) : constant,
        name.equals("closed") ? number(name, value) : closed,
        name.equals("rate") ? number(name, value) : rate,
        name.equals("everyJdk") ? value.equals("true") : everyJdk,
        name.equals("parts") ? parts(value) : known(name, value));
  }

  private static List<String> names(String value) {
    return value.equals("all") ? List.of() : List.of(value.split(","));
  }

  private List<String> known(String name, String value) {
    if (!List.of(
            "peers",
            "rounds",
            "turns",
            "starts",
            "iterations",
            "settled",
            "warmUp",
            "constant",
            "closed",
            "rate",
            "everyJdk")
        .contains(name)) {
      throw new IllegalArgumentException("no setting of a comparison: " + name + "=" + value);
    }
    return parts;
  }

  private static List<String> parts(String value) {
    List<String> parts = List.of(value.split(","));
    if (!PARTS.containsAll(parts)) {
      throw new IllegalArgumentException("parts= takes some of " + PARTS + ", not " + value);
    }
    return parts;
  }

  private static int number(String name, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Told below.
    }
    throw new IllegalArgumentException(name + "= takes a number above 0, not " + value);
  }
}
