/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import io.vitals.exporter.work.NameService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

/** Opens a connection and closes it. */
final class TcpProbe implements Probe {
  private final String host;
  private final int port;
  private final long timeoutNanos;
  private volatile Socket running;

  TcpProbe(String host, int port, long timeoutNanos) {
    this.host = host;
    this.port = port;
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  public void run() throws ProbeFailure {
    // Looked up each time: the peer may move.
    NameService.settle();
    InetSocketAddress address = new InetSocketAddress(host, port);
    try (Socket socket = new DirectSockets().createSocket()) {
      running = socket;
      if (address.isUnresolved()) {
        throw new UnknownHostException(host);
      }
      socket.connect(address, (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos)));
    } catch (IOException e) {
      throw ProbeFailure.of(e, timeoutNanos);
    } finally {
      running = null;
    }
  }

  @Override
  public void cancel() {
    Socket socket = running;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException closed) {
        // That is what was wanted.
      }
    }
  }
}
