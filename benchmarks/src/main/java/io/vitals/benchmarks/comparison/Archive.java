/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How a JVM is trained to start faster: a class-data archive (JEP 350), or an AOT cache (JEP 483,
 * 514).
 */
enum Archive {
  CDS("a class-data archive", 17, "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile="),
  AOT("an AOT cache", 25, "-XX:AOTCacheOutput=", "-XX:AOTCache=");

  private final String title;
  private final int version;
  private final String output;
  private final String input;

  Archive(String title, int version, String output, String input) {
    this.title = title;
    this.version = version;
    this.output = output;
    this.input = input;
  }

  String title() {
    return title;
  }

  /** Its name in a plan. */
  String part() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether start-up is measured with it on that JDK: each that makes an AOT cache, one of 17. */
  boolean isMeasuredOn(Jdk jdk) {
    return this == AOT ? jdk.version() >= version : jdk.version() == version;
  }

  /**
   * Trains the shop with the peer attached and without, as far as it can be done, and returns the
   * flags of a start with what then gives the most classes.
   */
  List<String> train(Scene scene, Jdk jdk, Peer peer, Peer none, StartUp startUp, Topic topic)
      throws Exception {
    // Says how many spans a start gives that no archive has touched.
    startUp.shopClasses(peer, List.of());
    Path with = file(startUp, jdk, peer, "with");
    Path without = file(startUp, jdk, peer, "without");
    boolean own = !peer.equals(none) && make(scene, jdk, peer, with);
    if (!make(scene, jdk, none, without)) {
      throw new IllegalStateException("training without an agent gave no " + this + " archive");
    }
    if (peer.equals(none)) {
      return List.of(input + without);
    }
    long sharedWithout = startUp.shopClasses(peer, List.of(input + without)).shared();
    long sharedWith = own ? startUp.shopClasses(peer, List.of(input + with)).shared() : -1;
    topic.note(
        String.format(
            "%s: trained with the agent: %s; trained without it: %d",
            peer.name(),
            own ? sharedWith + " classes from the archive" : "the JVM makes no archive",
            sharedWithout));
    return List.of(input + (sharedWith >= sharedWithout ? with : without));
  }

  private Path file(StartUp startUp, Jdk jdk, Peer peer, String how) {
    String name = peer.name() + "-" + how + "-" + jdk.version() + "." + part();
    return startUp.folder().resolve(name);
  }

  /**
   * Whether the JVM made the archive. 17 does not even start to make one with an agent; 25 may
   * abort at the end.
   */
  private boolean make(Scene scene, Jdk jdk, Peer peer, Path file) throws IOException {
    try (Child shop = scene.shop(jdk, peer, List.of(output + file))) {
      StartUp.firstAnswer(shop);
      int status = shop.finish();
      boolean made = status == 0 && Files.exists(file) && Files.size(file) > 0;
      if (!made) {
        System.err.println("training with " + peer.name() + " ended with " + status + ": " + shop);
      }
      return made;
    } catch (IllegalStateException ended) {
      System.err.println("training with " + peer.name() + ": " + ended.getMessage());
      return false;
    }
  }
}
