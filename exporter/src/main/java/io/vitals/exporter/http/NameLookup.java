/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.http;

import io.vitals.exporter.work.NameService;
import io.vitals.exporter.work.WorkerThread;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Looks a host's name up on a thread of its own: nothing ends a lookup that a name server does not
 * answer, but whoever waits for it can go.
 *
 * <p>For one thread. There is one lookup at a time; one that was left is the next one's, too.
 */
final class NameLookup {
  private final String host;
  private final Runnable whenDone;
  private FutureTask<InetAddress[]> underWay;

  /**
   * Looks nothing up yet.
   *
   * @param whenDone called by the lookup's thread, to wake who waits for it
   */
  NameLookup(String host, Runnable whenDone) {
    this.host = host;
    this.whenDone = whenDone;
  }

  /** Begins a lookup, or goes on with the one that was left. */
  void begin() {
    if (underWay != null) {
      return;
    }
    FutureTask<InetAddress[]> begun =
        new FutureTask<InetAddress[]>(() -> NameService.addresses(host)) {
          @Override
          protected void done() {
            whenDone.run();
          }
        };
    if (isLiteral()) {
      begun.run();
    } else {
      WorkerThread.make(begun, "lookup").start();
    }
    underWay = begun;
  }

  /** An address is not looked up: a name has no colon, and more than digits and dots. */
  private boolean isLiteral() {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
  }

  boolean isDone() {
    return underWay.isDone();
  }

  /**
   * The addresses, after {@link #isDone}; the next lookup is another one.
   *
   * @throws IOException if nobody knows the name
   */
  InetAddress[] addresses() throws IOException {
    FutureTask<InetAddress[]> done = underWay;
    underWay = null;
    try {
      return done.get();
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException) {
        throw (IOException) failed.getCause();
      }
      throw new IOException(failed.getCause());
    }
  }
}
