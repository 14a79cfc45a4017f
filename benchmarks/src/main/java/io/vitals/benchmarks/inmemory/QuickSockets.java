/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.inmemory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.net.SocketImplFactory;
import java.nio.charset.StandardCharsets;

/**
 * A transport that costs nothing: on a thread that asked for it, each new socket is answered from
 * memory, with the same bytes for each request. All other threads, an agent's exporter among them,
 * get the platform's sockets.
 *
 * <p>Needs {@code --add-opens java.base/java.net=ALL-UNNAMED}: the platform's sockets cannot be had
 * otherwise once there is a factory.
 */
final class QuickSockets implements SocketImplFactory {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n\r\nok"
          .getBytes(StandardCharsets.US_ASCII);

  private static final ThreadLocal<QuickSockets> ASKED = new ThreadLocal<>();

  private byte[] lastRequest = {};

  /** Makes every socket of this JVM go through here; once in its life. */
  static void install() throws IOException {
    Socket.setSocketImplFactory(new QuickSockets());
  }

  /** Answers the sockets that this thread opens from now on, and says what was sent last. */
  static QuickSockets ofThisThread() {
    QuickSockets sockets = new QuickSockets();
    ASKED.set(sockets);
    return sockets;
  }

  /** The last request as it was sent: its line and its headers. */
  String lastRequest() {
    return new String(lastRequest, StandardCharsets.US_ASCII);
  }

  @Override
  public SocketImpl createSocketImpl() {
    QuickSockets asked = ASKED.get();
    return asked == null ? platform() : new InMemory(asked);
  }

  private static SocketImpl platform() {
    try {
      Method made = SocketImpl.class.getDeclaredMethod("createPlatformSocketImpl", boolean.class);
      made.setAccessible(true);
      return (SocketImpl) made.invoke(null, false);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK keeps its sockets in another place", e);
    }
  }

  /** A connection to nowhere that answers each request at once. */
  private static final class InMemory extends SocketImpl {
    private final QuickSockets owner;
    private int answered = ANSWER.length;

    InMemory(QuickSockets owner) {
      this.owner = owner;
    }

    @Override
    protected InputStream getInputStream() {
      return new Answers();
    }

    @Override
    protected OutputStream getOutputStream() {
      return new Requests();
    }

    @Override
    protected int available() {
      return ANSWER.length - answered;
    }

    /** Gives the answer once for each request. */
    private final class Answers extends InputStream {
      @Override
      public int read() {
        return answered == ANSWER.length ? -1 : ANSWER[answered++];
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        int some = Math.min(length, available());
        if (some == 0) {
          return -1;
        }
        System.arraycopy(ANSWER, answered, into, offset, some);
        answered += some;
        return some;
      }

      @Override
      public int available() {
        return ANSWER.length - answered;
      }
    }

    /** Takes a request, which the client writes in one piece. */
    private final class Requests extends OutputStream {
      @Override
      public void write(int one) {
        throw new IllegalStateException("a request in pieces");
      }

      @Override
      public void write(byte[] from, int offset, int length) {
        if (owner.lastRequest.length != length) {
          owner.lastRequest = new byte[length];
        }
        System.arraycopy(from, offset, owner.lastRequest, 0, length);
        answered = 0;
      }
    }

    @Override
    protected void create(boolean stream) {}

    @Override
    protected void connect(String host, int port) {}

    @Override
    protected void connect(InetAddress address, int port) {}

    @Override
    protected void connect(SocketAddress address, int timeout) {}

    @Override
    protected void bind(InetAddress host, int port) {}

    @Override
    protected void listen(int backlog) {}

    @Override
    protected void accept(SocketImpl socket) {
      throw new IllegalStateException("nobody listens");
    }

    @Override
    protected void shutdownInput() {}

    @Override
    protected void shutdownOutput() {}

    @Override
    protected void close() {}

    @Override
    protected void sendUrgentData(int data) {}

    @Override
    public void setOption(int option, Object value) {}

    @Override
    public Object getOption(int option) {
      return 0;
    }
  }
}
