/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What every server of the HTTP contract answers, whichever library calls it. */
public final class ContractPages implements AutoCloseable {
  /** How many requests {@code /meet} waits for, and so how many threads a server needs at least. */
  public static final int WAYS_THAT_MEET = 100;

  /** The paths that need no more than {@link #serve}. */
  public static final String[] PATHS = {
    "/plain",
    "/moved",
    "/gone",
    "/unavailable",
    "/throws",
    "/body",
    "/call",
    "/meet",
    "/late",
    "/started",
    "/release"
  };

  private final ExecutorService others = Executors.newCachedThreadPool();
  private final Echo echo = new Echo();
  private final CyclicBarrier meeting = new CyclicBarrier(WAYS_THAT_MEET);
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  /** Opens what the pages call. */
  public ContractPages() throws IOException {}

  /** An answer that is still to be given. */
  public static final class Answer {
    /** The values of the header {@code X-Answer}. */
    public static final String[] X_ANSWER = {"one", "two"};

    /** The status. */
    public final int status;

    /** The text. */
    public final String body;

    Answer(int status, String body) {
      this.status = status;
      this.body = body;
    }
  }

  /** Runs that on a thread that is none of the server's. */
  public void elsewhere(Runnable work) {
    others.execute(work);
  }

  /** Does the work of a page. */
  public Answer serve(String path, InputStream body) throws IOException {
    try {
      switch (path) {
        case "/moved":
          return new Answer(302, "moved");
        case "/gone":
          return new Answer(410, "gone");
        case "/unavailable":
          return new Answer(503, "unavailable");
        case "/throws":
          throw new IllegalStateException("thrown");
        case "/body":
          return new Answer(200, "bytes: " + length(body));
        case "/call":
          return new Answer(200, echo.ask());
        case "/meet":
          meeting.await(60, TimeUnit.SECONDS);
          return new Answer(200, echo.ask());
        case "/late":
          started.countDown();
          return new Answer(released.await(60, TimeUnit.SECONDS) ? 200 : 500, big());
        case "/started":
          return new Answer(started.await(60, TimeUnit.SECONDS) ? 200 : 500, "started");
        case "/release":
          released.countDown();
          return new Answer(200, "released");
        default:
          return new Answer(200, "plain");
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static int length(InputStream body) throws IOException {
    int bytes = 0;
    while (body.read() >= 0) {
      bytes++;
    }
    return bytes;
  }

  /** More than the buffers of a socket take, so that a server notices that nobody reads. */
  private static String big() {
    char[] big = new char[1 << 24];
    Arrays.fill(big, 'x');
    return new String(big);
  }

  @Override
  public void close() {
    others.shutdownNow();
    echo.close();
  }
}
