/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The CPU time of a JVM's threads without its compilers.
 *
 * <p>Compilers work off, once, what has become hot: for the first minutes of a JVM with two cores
 * they take ten times as much as the requests themselves, and say nothing about what a request
 * costs from then on. What they take until the first answer is in the CPU of a start.
 */
public final class CpuTime {
  private CpuTime() {}

  /** So far, in nanoseconds, of the threads that live; of this process. */
  public static long nanosWithoutCompilers() {
    return nanosWithoutCompilers(ProcessHandle.current().pid());
  }

  /**
   * The same of another process.
   *
   * @throws UncheckedIOException if the kernel does not tell, as one without {@code schedstat}
   */
  public static long nanosWithoutCompilers(long pid) {
    long sum = 0;
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path thread : threads) {
        sum += nanosWithoutCompilers(thread);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum;
  }

  private static long nanosWithoutCompilers(Path thread) throws IOException {
    try {
      // The kernel keeps 15 characters of a name; HotSpot's are "C1 CompilerThread0" and such.
      String name = Files.readString(thread.resolve("comm"));
      if (name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")) {
        return 0;
      }
      String spent = Files.readString(thread.resolve("schedstat"));
      return Long.parseLong(spent.substring(0, spent.indexOf(' ')));
    } catch (IOException unread) {
      if (Files.exists(thread)) {
        throw unread;
      }
      // The thread has ended between two looks: a file is gone, or cannot be read any more.
      return 0;
    }
  }
}
