/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.work.NameService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes the sockets of one conversation, so that another thread can break it off: a closed socket
 * ends any read or write on it.
 */
final class AbortableSockets {
  private final SSLSocketFactory tls;
  private volatile Socket newest;
  private volatile boolean aborted;

  AbortableSockets(SSLSocketFactory tls) {
    this.tls = tls;
    NameService.settle();
  }

  SocketFactory plain() {
    return new Plain();
  }

  SSLSocketFactory secure() {
    return new Secure();
  }

  boolean isAborted() {
    return aborted;
  }

  void abort() {
    aborted = true;
    Socket socket = newest;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException closed) {
        // That is what was wanted.
      }
    }
  }

  private Socket noted(Socket socket) throws IOException {
    newest = socket;
    if (aborted) {
      socket.close();
    }
    return socket;
  }

  private final class Plain extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
      return noted(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return noted(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return noted(new Socket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return noted(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return noted(new Socket(host, port, from, fromPort));
    }
  }

  private final class Secure extends SSLSocketFactory {
    @Override
    public String[] getDefaultCipherSuites() {
      return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return tls.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
      return noted(tls.createSocket());
    }

    /** On top of one that was noted already. */
    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose)
        throws IOException {
      return tls.createSocket(below, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return noted(tls.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return noted(tls.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return noted(tls.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return noted(tls.createSocket(host, port, from, fromPort));
    }
  }
}
