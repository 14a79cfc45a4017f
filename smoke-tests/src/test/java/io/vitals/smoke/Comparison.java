/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.smoke.IntendedDifference.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What was sent under the reference beside what was sent under this agent, of all programs. */
final class Comparison {
  static final Path FOLDER = Program.HOME.resolve("recordings");

  /** The attributes that are compared and that the conventions call experimental. */
  private static final Pattern EXPERIMENTAL = Pattern.compile(".*: thread\\.(id|name)=.*");

  private final Set<IntendedDifference> seen = new HashSet<>();
  private final Set<String> compared = new HashSet<>();
  private final List<String> shares = new ArrayList<>();
  private long equal;
  private long different;

  /** Leaves what was recorded beside the build's other output, and compares it. */
  synchronized void compare(String name, Recording reference, Recording ours) throws IOException {
    Files.createDirectories(FOLDER);
    Files.write(FOLDER.resolve(name + ".reference.txt"), reference.facts());
    Files.write(FOLDER.resolve(name + ".ours.txt"), ours.facts());
    List<String> onlyReference = without(reference.facts(), ours.facts());
    List<String> onlyOurs = without(ours.facts(), reference.facts());
    count(name, stable(reference.facts()), stable(onlyReference), stable(onlyOurs));
    List<String> differences = new ArrayList<>(unintended(Side.REFERENCE, onlyReference));
    differences.addAll(unintended(Side.OURS, onlyOurs));
    assertThat(differences).isEmpty();
    compared.add(name);
  }

  /** How many programs were compared and had no difference but intended ones. */
  int compared() {
    return compared.size();
  }

  Set<IntendedDifference> seen() {
    return seen;
  }

  /** Of the spans and stable attributes that either side has, the part that both have. */
  double share() {
    return (double) equal / (equal + different);
  }

  /** One line for each program, and one for all. */
  List<String> shares() {
    List<String> lines = new ArrayList<>(shares);
    lines.add(line("all", equal, different));
    return lines;
  }

  private void count(String name, long ofReference, long onlyReference, long onlyOurs) {
    long both = ofReference - onlyReference;
    equal += both;
    different += onlyReference + onlyOurs;
    shares.add(line(name, both, onlyReference + onlyOurs));
  }

  private static String line(String name, long equal, long different) {
    return String.format(
        Locale.ROOT,
        "%s: %d spans and stable attributes equal, %d on one side only: %.2f %%",
        name,
        equal,
        different,
        100.0 * equal / (equal + different));
  }

  private static long stable(List<String> facts) {
    return facts.stream()
        .filter(fact -> fact.startsWith("trace ") && !EXPERIMENTAL.matcher(fact).matches())
        .count();
  }

  /** What is there once is covered by one of the others. */
  private static List<String> without(List<String> facts, List<String> others) {
    List<String> left = new ArrayList<>();
    // Both are sorted.
    int next = 0;
    for (String fact : facts) {
      while (next < others.size() && others.get(next).compareTo(fact) < 0) {
        next++;
      }
      if (next < others.size() && others.get(next).equals(fact)) {
        next++;
      } else {
        left.add(fact);
      }
    }
    return left;
  }

  private List<String> unintended(Side side, List<String> facts) {
    List<String> differences = new ArrayList<>();
    for (String fact : facts) {
      IntendedDifference intended = intended(side, fact);
      if (intended == null) {
        differences.add(side + ": " + fact);
      } else {
        seen.add(intended);
      }
    }
    return differences;
  }

  private static IntendedDifference intended(Side side, String fact) {
    for (IntendedDifference difference : IntendedDifference.ALL) {
      if (difference.covers(side, fact)) {
        return difference;
      }
    }
    return null;
  }
}
