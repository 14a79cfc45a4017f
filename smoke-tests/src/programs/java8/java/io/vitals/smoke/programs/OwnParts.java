/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLStreamHandler;
import java.net.URLStreamHandlerFactory;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import javax.management.MBeanServer;
import javax.management.MBeanServerBuilder;
import javax.management.MBeanServerDelegate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * An application that brings its own of everything that the JDK lets it replace, and prints who
 * came to each of them before it did.
 *
 * <p>It has one thread, so whoever comes on another is not the application.
 */
public final class OwnParts {
  private static final Set<String> STRANGERS = Collections.synchronizedSet(new TreeSet<>());

  private OwnParts() {}

  public static void main(String[] arguments) throws Exception {
    URL.setURLStreamHandlerFactory(new Handlers());
    ProxySelector.setDefault(new Proxies());
    Authenticator.setDefault(new Passwords());
    SSLContext.setDefault(new SSLContext(new Secrets(), null, "own") {});
    System.out.println("status " + Warehouse.get(new URL(arguments[0])));
    while (System.in.read() != '\n') {
      continue;
    }
    System.out.println("strangers " + STRANGERS);
    System.out.println("logs " + LogManager.getLogManager().getClass().getName());
    System.out.println(
        "beans "
            + Beans.made
            + " "
            + ManagementFactory.getPlatformMBeanServer().getClass().getName()
            + " "
            + Beans.made);
    System.out.println("proxies " + ProxySelector.getDefault().getClass().getName());
    System.out.println("secrets " + SSLContext.getDefault().getProtocol());
    System.out.println("status " + Warehouse.get(new URL(arguments[0])));
    System.out.println("strangers " + STRANGERS);
    while (System.in.read() >= 0) {
      continue;
    }
  }

  private static void visited(String what) {
    Thread thread = Thread.currentThread();
    if (!thread.getName().equals("main")) {
      STRANGERS.add(what + " on " + thread.getName());
      return;
    }
    for (StackTraceElement frame : thread.getStackTrace()) {
      String name = frame.getClassName();
      if (name.startsWith("io.vitals.agent.") || name.startsWith("java.lang.Vitals")) {
        STRANGERS.add(what + " from " + name);
      }
    }
  }

  /** The log manager. */
  public static final class Logs extends LogManager {
    /** Made by the JDK. */
    public Logs() {
      visited("log manager");
    }

    @Override
    public void readConfiguration() throws IOException {
      visited("log configuration");
      super.readConfiguration();
    }
  }

  /** The builder of MBean servers. */
  public static final class Beans extends MBeanServerBuilder {
    static volatile boolean made;

    /** Made by the JDK. */
    public Beans() {
      visited("MBean server builder");
    }

    @Override
    public MBeanServer newMBeanServer(
        String domain, MBeanServer outer, MBeanServerDelegate delegate) {
      visited("MBean server");
      made = true;
      return super.newMBeanServer(domain, outer, delegate);
    }
  }

  private static final class Handlers implements URLStreamHandlerFactory {
    @Override
    public URLStreamHandler createURLStreamHandler(String protocol) {
      // Whoever reads a class path asks for these two, the JDK's own class loaders included.
      if (!protocol.equals("file") && !protocol.equals("jar")) {
        visited("URL handlers of " + protocol);
      }
      return null;
    }
  }

  private static final class Proxies extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      // The JDK asks this way for each socket, whoever opens it.
      if (!uri.getScheme().equals("socket")) {
        visited("proxy selector");
      }
      return Collections.singletonList(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      visited("proxy selector");
    }
  }

  private static final class Passwords extends Authenticator {
    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      visited("authenticator");
      return null;
    }
  }

  private static final class Secrets extends SSLContextSpi {
    private static UnsupportedOperationException refusal() {
      visited("SSL context");
      return new UnsupportedOperationException("own");
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
        throws KeyManagementException {
      throw refusal();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      throw refusal();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw refusal();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      throw refusal();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      throw refusal();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      throw refusal();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      throw refusal();
    }
  }
}
