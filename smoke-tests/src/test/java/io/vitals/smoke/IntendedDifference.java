/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A difference from the reference's data that is wanted.
 *
 * @param side who sends the fact
 * @param fact the whole line of a {@link Recording}
 * @param reason why the other does not send it
 */
record IntendedDifference(Side side, Pattern fact, String reason) {
  /** Who sends a fact that the other does not. */
  enum Side {
    REFERENCE,
    OURS
  }

  /** Every difference there may be. One that never shows is dead and fails the test. */
  static final List<IntendedDifference> ALL =
      List.of(
          onlyReference(
              "trace .*: thread\\.(id|name)=.*",
              "off by default in the reference's next major version, and never part of the"
                  + " conventions for servers, clients and databases"),
          onlyReference(
              "metric (processedSpans|queueSize|otlp\\.exporter\\.(seen|exported))\\b.*",
              "the SDK's old names; ours are the conventions' otel.sdk.*"),
          onlyReference(
              "metric db\\.client\\.connection\\.(create|use|wait)_time\\b.*",
              "two clock readings and a hand-off for each connection that is borrowed"),
          onlyReference(
              "metric db\\.client\\.connection\\.limit\\b.*", "max in the conventions 1.44.0"),
          onlyOurs("metric db\\.client\\.connection\\.max\\b.*", "the same"),
          onlyReference(
              "metric db\\.client\\.connection\\.(count|idle\\.min|pending_requests)\\{"
                  + "db\\.client\\.connection\\.pool\\.name=.*, db\\.system\\.name=.*",
              "the conventions 1.44.0 have no more than name and state; it takes the database for the"
                  + " name where HikariCP numbers its pools"),
          onlyOurs(
              "metric db\\.client\\.connection\\.(count|idle\\.min|pending_requests)\\{"
                  + "db\\.client\\.connection\\.pool\\.name=HikariPool-\\d.*",
              "the same"),
          onlyReference(
              "metric db\\.client\\.operation\\.duration\\{db\\.namespace=[^,]*,"
                  + "( db\\.query\\.summary=SHOW,)? db\\.system\\.name=postgresql, server.*",
              "the driver's own questions, see isReferenceOnly"),
          onlyReference(
              "trace .* > CLIENT call abs: db\\.query\\.text=\\{call abs\\(-7\\)}",
              "a literal is a literal in a call, too: secrets stay in"),
          onlyOurs(
              "trace .* > CLIENT call abs: db\\.query\\.text=\\{call abs\\(\\?\\)}",
              "a literal is a literal in a call, too: secrets stay in"),
          onlyOurs(
              "trace .* > CLIENT .*: db\\.response\\.status_code=.*",
              "stable and recommended by the conventions whenever a database refuses"),
          onlyReference(
              "trace .* /send > SERVER GET /send > CLIENT GET: http\\.response\\.status_code=302",
              "redirects without an end fail, and HttpURLConnection tells why, not which was last"),
          onlyReference(
              "metric http\\.client\\.request\\.duration\\{http\\.request\\.method=GET,"
                  + " http\\.response\\.status_code=302.*",
              "the same"),
          onlyOurs(
              "(trace .* > CLIENT GET: |metric http\\.client\\.request\\.duration\\{)"
                  + "error\\.type=java\\.net\\.ProtocolException.*",
              "the same"),
          onlyOurs(
              "trace .* /own/cancelled > SERVER GET /own > CLIENT GET: .*",
              "a request was made, and its end is that it was cancelled"),
          onlyOurs(
              "metric http\\.client\\.request\\.duration\\{"
                  + "error\\.type=java\\.util\\.concurrent\\.CancellationException.*",
              "the same"),
          onlyReference(
              "metric http\\.server\\.request\\.duration\\{error\\.type=500,"
                  + " http\\.request\\.method=GET, http\\.response\\.status_code=500,"
                  + " network\\.protocol\\.version=1\\.1, url\\.scheme=http} count=2 .*",
              "a handler of Jetty 12 that throws is one request; the reference ends it where it"
                  + " throws and again where it is answered, and counts both"),
          onlyOurs(
              "metric http\\.server\\.request\\.duration\\{error\\.type=500,"
                  + " http\\.request\\.method=GET, http\\.response\\.status_code=500,"
                  + " network\\.protocol\\.version=1\\.1, url\\.scheme=http} count=1 .*",
              "the same"),
          onlyOurs("metric [a-z.]+\\.percentile\\b.*", "exact percentiles are what we add"),
          onlyOurs(
              "metric (otel\\.sdk|vitals)\\..*", "how the agent itself fares, by the conventions"));

  /** Spans of the reference that have no counterpart. */
  static boolean isReferenceOnly(ReceivedSpan span) {
    // What PostgreSQL's driver asks when a pool tests a connection: no statement of the program,
    // and made by a method that is not JDBC's.
    String text = span.attribute("db.query.text");
    if (text != null && (text.isEmpty() || text.equals("SHOW TRANSACTION ISOLATION LEVEL"))) {
      return true;
    }
    // An internal span for each sendError and sendRedirect tells nothing that the status does not.
    return span.kind().equals("INTERNAL") && span.name().matches(".*\\.send(Error|Redirect)");
  }

  private static IntendedDifference onlyReference(String fact, String reason) {
    return new IntendedDifference(Side.REFERENCE, Pattern.compile(fact), reason);
  }

  private static IntendedDifference onlyOurs(String fact, String reason) {
    return new IntendedDifference(Side.OURS, Pattern.compile(fact), reason);
  }

  boolean covers(Side side, String fact) {
    return side == this.side && this.fact.matcher(fact).matches();
  }
}
