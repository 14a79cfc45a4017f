/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.example.clock;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets the wall clock of a JVM jump: whoever asks for it, be it the JDK, an agent or the
 * application, is told the time with an offset.
 *
 * <p>The offset in milliseconds is what the file says that is the agent's argument; it may change
 * at any time. {@link System#nanoTime()} goes on as it does.
 */
public final class ClockAgent implements ClassFileTransformer {
  private static final String CLOCK = "io/example/clock/WallClock";

  private static final int POLL_MILLIS = 20;

  private ClockAgent() {}

  /** Rewrites what is loaded and what will be, and begins to watch the file. */
  public static void premain(String file, Instrumentation instrumentation) throws Exception {
    ClassFileTransformer transformer = new ClockAgent();
    instrumentation.addTransformer(transformer, true);
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> each : instrumentation.getAllLoadedClasses()) {
      if (instrumentation.isModifiableClass(each) && !each.isArray()) {
        loaded.add(each);
      }
    }
    instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
    Thread watcher = new Thread(() -> watch(new File(file)), "wall clock");
    watcher.setDaemon(true);
    watcher.start();
  }

  private static void watch(File file) {
    String before = "";
    while (true) {
      try {
        if (file.exists()) {
          String now = new String(Files.readAllBytes(file.toPath()));
          if (!now.equals(before)) {
            before = now;
            WallClock.set(Long.parseLong(now));
            System.out.println("clock " + now);
          }
        }
        Thread.sleep(POLL_MILLIS);
      } catch (IOException | InterruptedException broken) {
        System.err.println(broken);
        return;
      }
    }
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (CLOCK.equals(name)) {
      return null;
    }
    try {
      byte[] once =
          CallRewriter.redirect(classFile, "java/lang/System", "currentTimeMillis", CLOCK);
      byte[] rest = once == null ? classFile : once;
      byte[] twice =
          name != null && name.startsWith("java/time/")
              ? CallRewriter.redirect(rest, "jdk/internal/misc/VM", "getNanoTimeAdjustment", CLOCK)
              : null;
      return twice == null ? once : twice;
    } catch (IOException | RuntimeException broken) {
      System.err.println("the clock of " + name + ": " + broken);
      return null;
    }
  }
}
