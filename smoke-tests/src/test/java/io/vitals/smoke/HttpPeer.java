/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What HTTP clients call: a Tomcat in a JVM of its own, without an agent, and a broken server. */
final class HttpPeer implements AutoCloseable {
  private static final Pattern ASKED =
      Pattern.compile(
          "asked (\\S+) (\\S+) (\\S+) from=(\\d+) bytes=(\\d+)"
              + " traceparent=(.*) tracestate=(.*) baggage=(.*)");

  /**
   * A request as it reached Tomcat.
   *
   * @param from the port of the client's end of the connection
   * @param bytes of the body
   */
  record Asked(
      String method,
      String path,
      String protocol,
      int from,
      int bytes,
      String traceparent,
      String tracestate,
      String baggage) {
    /** Trace and span id of {@link #traceparent}. */
    String parent() {
      return traceparent.replaceAll("00-(\\w+-\\w+)-\\w\\w", "$1");
    }
  }

  private final BrokenPeer broken = new BrokenPeer();
  private final SelfSigned certificate;
  private final ForkedJvm tomcat;
  private final int port;
  private final int securePort;
  private final int strangerPort;
  private int marks;

  HttpPeer(Path folder) throws Exception {
    certificate = SelfSigned.in(folder, "key");
    tomcat =
        Jvm.running()
            .opensForTomcat()
            .property("contract.key", certificate.store().toString())
            .property("contract.stranger", SelfSigned.in(folder, "stranger").store().toString())
            .start(Program.HTTP_PEER);
    securePort = port("secure");
    strangerPort = port("stranger");
    port = tomcat.awaitPort();
  }

  private int port(String name) {
    return Integer.parseInt(tomcat.awaitLine(Pattern.compile(name + " port=(\\d+)")).group(1));
  }

  /** Whom the clients trust. */
  SelfSigned certificate() {
    return certificate;
  }

  /** HTTP/1.1, and HTTP/2 for who asks for an upgrade. */
  String plain() {
    return "http://localhost:" + port;
  }

  /** HTTP/1.1 and HTTP/2 over TLS. */
  String secure() {
    return "https://localhost:" + securePort;
  }

  /** The same with a certificate that nobody trusts. */
  String stranger() {
    return "https://localhost:" + strangerPort;
  }

  /** See {@link BrokenPeer}. */
  String broken() {
    return "http://localhost:" + broken.port();
  }

  /** All requests that it has answered. */
  List<Asked> asked() {
    marks++;
    assertThat(new Visitor(port).get("/mark" + marks)).isEqualTo(200);
    // What it said before is here once this is.
    tomcat.awaitLine(Pattern.compile("asked GET /mark" + marks + " "));
    List<Asked> asked = new ArrayList<>();
    for (String line : tomcat.out()) {
      Matcher matcher = ASKED.matcher(line);
      if (matcher.matches()) {
        asked.add(
            new Asked(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                Integer.parseInt(matcher.group(4)),
                Integer.parseInt(matcher.group(5)),
                matcher.group(6),
                matcher.group(7),
                matcher.group(8)));
      }
    }
    return asked;
  }

  @Override
  public void close() throws IOException {
    tomcat.close();
    broken.close();
  }
}
