/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

/** A server under the HTTP contract, the JDKs that it runs on, and what it answers its own way. */
enum HttpServerFixture {
  JDK(Program.JDK_SERVER_CONTRACT, Kind.CONTEXTS, 8, 11, 17, 21, 25, 26),
  TOMCAT85(Program.TOMCAT85_CONTRACT, Kind.SERVLETS, 8),
  TOMCAT9(Program.TOMCAT9_CONTRACT, Kind.SERVLETS, 8, 11, 17),
  TOMCAT10(Program.TOMCAT10_CONTRACT, Kind.SERVLETS, 11, 17, 21),
  TOMCAT11(Program.TOMCAT11_CONTRACT, Kind.SERVLETS, 17, 21, 25, 26),
  JETTY9(Program.JETTY9_CONTRACT, Kind.SERVLETS_AND_DEFAULT, 8, 17),
  JETTY10(Program.JETTY10_CONTRACT, Kind.SERVLETS_AND_DEFAULT, 11, 21),
  JETTY11(Program.JETTY11_CONTRACT, Kind.SERVLETS_AND_DEFAULT, 11, 21),
  JETTY120(Program.JETTY120_CONTRACT, Kind.SERVLETS_AND_DEFAULT, 21),
  JETTY12_EE8(Program.JETTY12_EE8_CONTRACT, Kind.SERVLETS_AND_DEFAULT, 17),
  JETTY12_EE9(Program.JETTY12_EE9_CONTRACT, Kind.SERVLETS_AND_DEFAULT, 17, 25),
  JETTY12_EE10(Program.JETTY12_EE10_CONTRACT, Kind.SERVLETS_AND_DEFAULT, 17, 25),
  JETTY12_EE11(Program.JETTY12_EE11_CONTRACT, Kind.SERVLETS_AND_DEFAULT, 21),
  JETTY12_HANDLERS(Program.JETTY12_HANDLERS_CONTRACT, Kind.HANDLERS, 17, 25),
  UNDERTOW22(Program.UNDERTOW22_CONTRACT, Kind.SERVLETS_AND_DEFAULT, 8, 17),
  UNDERTOW23(Program.UNDERTOW23_CONTRACT, Kind.SERVLETS_AND_DEFAULT, 11, 25),
  UNDERTOW23_HANDLERS(Program.UNDERTOW23_HANDLERS_CONTRACT, Kind.HANDLERS, 11, 25),
  PIRANHA(Program.PIRANHA_CONTRACT, Kind.UNKNOWN_CONTAINER, 17, 21, 25),
  SMART_SERVLET(Program.SMART_SERVLET_CONTRACT, Kind.UNKNOWN_CONTAINER, 8, 17, 25);

  /** What the pages are to the server. */
  enum Kind {
    /** Contexts of the JDK's server: routes, but no container that answers for a page. */
    CONTEXTS,
    /** Servlets. */
    SERVLETS,
    /** Servlets, and one of the container's own that answers whatever has none. */
    SERVLETS_AND_DEFAULT,
    /** Servlets of a container that no hook knows, without HTTPS. */
    UNKNOWN_CONTAINER,
    /** Handlers that look at the path themselves, so that there are no routes. */
    HANDLERS
  }

  final Program program;
  final int[] versions;
  private final Kind kind;

  HttpServerFixture(Program program, Kind kind, int... versions) {
    this.program = program;
    this.kind = kind;
    this.versions = versions;
  }

  boolean servlets() {
    return kind != Kind.CONTEXTS && kind != Kind.HANDLERS;
  }

  /** Whether the program serves HTTPS, and HTTP/2 to whoever asks for it. */
  boolean https() {
    return kind != Kind.UNKNOWN_CONTAINER;
  }

  /** Whether it completes asynchronous requests; smart-servlet only tells the listeners. */
  boolean asynchronous() {
    return this != SMART_SERVLET;
  }

  /** Whether it answers and completes a request that takes too long. */
  boolean timesOut() {
    return kind != Kind.UNKNOWN_CONTAINER;
  }

  /** Whether the program says what was left open on the server's threads. */
  boolean looksForLeaks() {
    return this != SMART_SERVLET;
  }

  /** The JVM with what the server itself asks of it. */
  Jvm prepared(Jvm jvm) {
    if (name().startsWith("TOMCAT")) {
      return jvm.opensForTomcat();
    }
    // JBoss Threads, below Undertow, has the JVM warn from JDK 24 on.
    return name().startsWith("UNDERTOW") ? jvm.allowsUnsafe() : jvm;
  }

  /** Whether a page that throws is answered with 500; the JDK's server closes the connection. */
  boolean answersForPages() {
    return kind != Kind.CONTEXTS;
  }

  /** Whether it speaks HTTP/2; the JDK's server answers in HTTP/1.1 to a client that would. */
  boolean http2() {
    return kind != Kind.CONTEXTS && kind != Kind.UNKNOWN_CONTAINER;
  }

  /** The name of the span of a page without its method, and a space before it; or nothing. */
  String route(String path) {
    return kind == Kind.HANDLERS ? "" : " " + path;
  }

  /** The same for a path that has no servlet. */
  String routeOfNothing() {
    return kind == Kind.SERVLETS_AND_DEFAULT || this == SMART_SERVLET ? " /*" : "";
  }

  /** The same for a page that a filter answers; smart-servlet keeps the mappings of filters. */
  String routeOfGuard() {
    return this == SMART_SERVLET ? "" : " /guarded/*";
  }
}
