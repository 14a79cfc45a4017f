/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM started for a test or the demo, with what it printed. Closing it ends it.
 *
 * <p>The programs end when their standard input does, so that none outlives whoever started it.
 */
final class ForkedJvm implements AutoCloseable {
  /** How long a program may take to start, to end, or to be killed on a busy machine. */
  static final Duration PATIENCE = Duration.ofSeconds(120);

  /** The exit code of a JVM after SIGTERM. */
  static final int TERMINATED = 143;

  private static final Pattern PORT = Pattern.compile("ready port=(\\d+)");

  private final Process process;
  private final long startMillis;
  private final List<String> command;
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();
  private final Thread outReader;
  private final Thread errReader;

  ForkedJvm(Process process, List<String> command, long startMillis) {
    this.process = process;
    this.startMillis = startMillis;
    this.command = command;
    this.outReader = read(process.getInputStream(), out);
    this.errReader = read(process.getErrorStream(), err);
  }

  /** When it was started, in milliseconds of the epoch. */
  long startMillis() {
    return startMillis;
  }

  long pid() {
    return process.pid();
  }

  List<String> out() {
    synchronized (out) {
      return List.copyOf(out);
    }
  }

  List<String> err() {
    synchronized (err) {
      return List.copyOf(err);
    }
  }

  /** Waits until the program serves and returns its port. */
  int awaitPort() {
    return Integer.parseInt(awaitLine(PORT).group(1));
  }

  /** Waits for a line on standard output in which the pattern is found. */
  Matcher awaitLine(Pattern pattern) {
    return awaitLine(out, pattern);
  }

  /** Waits for a line on standard error in which the pattern is found. */
  Matcher awaitErrorLine(Pattern pattern) {
    return awaitLine(err, pattern);
  }

  private Matcher awaitLine(List<String> lines, Pattern pattern) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    synchronized (lines) {
      int next = 0;
      while (true) {
        for (; next < lines.size(); next++) {
          Matcher matcher = pattern.matcher(lines.get(next));
          if (matcher.find()) {
            return matcher;
          }
        }
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0 || !process.isAlive() && !outReader.isAlive() && !errReader.isAlive()) {
          throw new AssertionError("no line with " + pattern + "\n" + this);
        }
        waitOn(lines, Math.min(millis, 100));
      }
    }
  }

  /** Writes a line to the program's standard input. */
  void say(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new IllegalStateException("it does not listen\n" + this, e);
    }
  }

  /** Ends the program's standard input, upon which it ends, and returns its exit code. */
  int finish() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already; its exit code tells how.
    }
    return awaitExit();
  }

  /** Sends SIGTERM and returns the exit code. */
  int terminate() {
    process.destroy();
    return awaitExit();
  }

  /** Waits until the program has ended and everything it printed is here. */
  int awaitExit() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still runs after " + PATIENCE + "\n" + this);
      }
      outReader.join(PATIENCE.toMillis());
      errReader.join(PATIENCE.toMillis());
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What a person would call noise: warnings, stack traces, and whatever stands on standard error
   * beside the agent's one start-up line.
   */
  List<String> noise() {
    List<String> noise = new ArrayList<>();
    boolean startLine = false;
    for (String line : err()) {
      if (!startLine && line.toLowerCase(Locale.ROOT).contains("vitals")) {
        startLine = true;
        if (!line.toLowerCase(Locale.ROOT).contains("warn")) {
          continue;
        }
      }
      noise.add("err: " + line);
    }
    for (String line : out()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.contains("warning") || lower.contains("vitals") || line.startsWith("\tat ")) {
        noise.add("out: " + line);
      }
    }
    return noise;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return String.join(" ", command)
        + "\nout:\n"
        + String.join("\n", out())
        + "\nerr:\n"
        + String.join("\n", err());
  }

  private static Thread read(InputStream stream, List<String> lines) {
    Thread thread = new Thread(() -> readAll(stream, lines), "output of a forked JVM");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void readAll(InputStream stream, List<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(lines, line);
      }
    } catch (IOException e) {
      add(lines, "(the stream broke: " + e + ")");
    }
  }

  private static void add(List<String> lines, String line) {
    synchronized (lines) {
      lines.add(line);
      lines.notifyAll();
    }
  }

  private static void waitOn(List<String> lines, long millis) {
    try {
      lines.wait(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
