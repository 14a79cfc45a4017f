/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the peers of a folder, {@code NAME.args} each.
 *
 * <p>A line is a flag of the JVM, which begins with a dash; a {@code #} comment; or {@code traces:
 * SHARE}, once in a file: the share of requests whose trace has to arrive at the receiver.
 */
public final class Peers {
  /** Where the peers' files lie, seen from the project's folder. */
  public static final Path FOLDER = Path.of("benchmarks", "peers");

  /** Where the profile {@code benchmarks} puts the jars, seen from the project's folder. */
  public static final Path JARS = Path.of("benchmarks", "target", "peers");

  private static final String SUFFIX = ".args";
  private static final String TRACES = "traces:";
  private static final String METHODS = "methods:";

  private Peers() {}

  /** All peers of the folder: the one without an agent first, the others by name. */
  public static List<Peer> read(Path folder) throws IOException {
    List<Peer> peers = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        if (file.toString().endsWith(SUFFIX)) {
          peers.add(parse(file));
        }
      }
    }
    peers.sort(
        Comparator.comparing((Peer peer) -> !peer.name().equals(Peer.NONE))
            .thenComparing(Peer::name));
    if (peers.isEmpty() || !peers.get(0).name().equals(Peer.NONE)) {
      throw new IllegalArgumentException(
          folder + " has no " + Peer.NONE + SUFFIX + ", the baseline of every comparison");
    }
    return List.copyOf(peers);
  }

  /** Those of the peers with these names, in that order. */
  public static List<Peer> named(List<Peer> peers, List<String> names) {
    List<Peer> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(
          peers.stream()
              .filter(peer -> peer.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "no peer \""
                              + name
                              + "\"; there are "
                              + String.join(", ", peers.stream().map(Peer::name).toList()))));
    }
    return chosen;
  }

  private static Peer parse(Path file) throws IOException {
    List<String> flags = new ArrayList<>();
    List<String> methods = new ArrayList<>();
    double traces = -1;
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      String where = file + ":" + (i + 1) + ": ";
      if (line.startsWith("-")) {
        flags.add(flag(where, line));
      } else if (line.startsWith(METHODS)) {
        methods.add(flag(where, line.substring(METHODS.length()).strip()));
      } else if (line.startsWith(TRACES)) {
        if (traces >= 0) {
          throw new IllegalArgumentException(where + "\"" + TRACES + "\" stands here twice");
        }
        traces = share(where, line.substring(TRACES.length()).strip());
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        throw new IllegalArgumentException(
            where
                + "expected a flag that begins with a dash, a # comment, \"traces: SHARE\" or"
                + " \"methods: FLAG\", not: "
                + line);
      }
    }
    if (traces < 0) {
      throw new IllegalArgumentException(
          file
              + ":"
              + lines.size()
              + ": no line \"traces: SHARE\" says which share of the traces has to arrive (0 to 1)");
    }
    String name = file.getFileName().toString();
    return new Peer(
        name.substring(0, name.length() - SUFFIX.length()),
        traces,
        List.copyOf(flags),
        List.copyOf(methods));
  }

  private static String flag(String where, String line) {
    String rest = line.replace(Peer.JAR, "").replace(Peer.ENDPOINT, "");
    if (rest.contains("${")) {
      throw new IllegalArgumentException(
          where
              + "the placeholders are "
              + Peer.JAR
              + " and "
              + Peer.ENDPOINT
              + "; this line has another one: "
              + line);
    }
    return line;
  }

  private static double share(String where, String text) {
    try {
      double share = Double.parseDouble(text);
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException notOne) {
      // Told below, with what was expected.
    }
    throw new IllegalArgumentException(
        where + "expected a share from 0 to 1 after \"" + TRACES + "\", not: " + text);
  }
}
