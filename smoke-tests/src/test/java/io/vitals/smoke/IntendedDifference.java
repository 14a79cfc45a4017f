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
              "metric db\\.client\\.connection\\.limit\\b.*", "max in the conventions 1.44.0"),
          onlyOurs("metric db\\.client\\.connection\\.max\\b.*", "the same"),
          onlyReference(
              "metric db\\.client\\.connection\\."
                  + "(count|idle\\.min|pending_requests|(create|wait|use)_time)\\{"
                  + "db\\.client\\.connection\\.pool\\.name=.*, db\\.system\\.name=.*",
              "the conventions 1.44.0 have no more than name and state; it takes the database for the"
                  + " name where HikariCP numbers its pools, and for bounds of seconds those of"
                  + " milliseconds"),
          onlyOurs(
              "metric db\\.client\\.connection\\."
                  + "(count|idle\\.min|pending_requests|(create|wait|use)_time)\\{"
                  + "db\\.client\\.connection\\.pool\\.name=HikariPool-\\d.*",
              "the same"),
          onlyReference(
              "metric db\\.client\\.operation\\.duration\\{db\\.namespace=[^,]*,"
                  + "( db\\.query\\.summary=SHOW,)? db\\.system\\.name=postgresql, server.*",
              "the driver's own questions, see isReferenceOnly"),
          onlyReference(
              "trace .* > CLIENT call .*: db\\.query\\.text=\\{call .*\\(-?\\d+\\)}",
              "a literal is a literal in a call, too: secrets stay in"),
          onlyOurs("trace .* > CLIENT call .*: db\\.query\\.text=\\{call .*\\(\\?\\)}", "the same"),
          onlyReference(
              "trace .*/prepared-literal > .*: db\\.query\\.text=.*'gold4711'.*",
              "a literal is a literal in what is prepared, too: secrets stay in"),
          onlyOurs("trace .*/prepared-literal > .*: db\\.query\\.text=[^']*", "the same"),
          onlyReference(
              "trace .* /(h2|duckdb|postgresql|mariadb|mysql)/literals > .*: db\\.query\\.text=.*",
              "it takes 4_711 for two words, and what follows a quote behind a backslash for text"),
          onlyOurs(
              "trace .* /(h2|duckdb|postgresql|mariadb|mysql)/literals > .*: db\\.query\\.text=.*",
              "the same"),
          onlyOurs(
              "trace .*/closed > SERVER .* > CLIENT SELECT orders: .*",
              "what a closed statement refuses is a call that failed; the reference asks the statement"
                  + " for its connection, is refused itself, and sees none"),
          onlyOurs(
              "metric db\\.client\\.operation\\.duration\\{.* db\\.query\\.summary=SELECT orders,"
                  + " .*error\\.type=.*",
              "the same"),
          onlyOurs(
              "trace .* /duckdb/duplicate > SERVER .* > CLIENT insert orders: .*",
              "the same, as DuckDB closes a statement that has failed"),
          onlyOurs(
              "metric db\\.client\\.operation\\.duration\\{.* db\\.query\\.summary=insert orders,"
                  + " db\\.system\\.name=other_sql, error\\.type=.*",
              "the same"),
          onlyOurs(
              "trace .* /duckdb/(large|batch.*) > SERVER .* > CLIENT (BATCH|update orders).*",
              "every statement of DuckDB is a PreparedStatement, for whose batches the reference asks"
                  + " what was prepared; these are of texts"),
          onlyOurs(
              "metric db\\.client\\.operation\\.duration\\{.* db\\.query\\.summary=(BATCH|update"
                  + " orders).* db\\.system\\.name=other_sql.*",
              "the same"),
          onlyReference(
              "metric db\\.client\\.operation\\.duration\\{.* db\\.query\\.summary=update orders,"
                  + " db\\.system\\.name=other_sql.*",
              "the same"),
          onlyOurs(
              "trace .* /(derby/keys|mysql/call) > SERVER .*"
                  + " > CLIENT (VALUES|SELECT INFORMATION_SCHEMA\\.PARAMETERS): .*",
              "what a driver asks for itself takes the application's time; the reference knows no text"
                  + " of a statement that no method of JDBC has made"),
          onlyOurs(
              "metric db\\.client\\.operation\\.duration\\{.*"
                  + " db\\.query\\.summary=(VALUES|SELECT INFORMATION_SCHEMA\\.PARAMETERS), .*",
              "the same"),
          onlyReference(
              "trace .* /async-timeout > SERVER GET /async-timeout:"
                  + " (http\\.response\\.status_code=200|status=UNSET )",
              "where servlets are javax's, it ends the span when the time is over, and not when that"
                  + " is answered with 500"),
          onlyOurs(
              "trace .* /async-timeout > SERVER GET /async-timeout:"
                  + " (http\\.response\\.status_code=500|error\\.type=500|status=ERROR )",
              "the same"),
          onlyReference(
              "metric http\\.server\\.request\\.duration\\{.*status_code=200,"
                  + " http\\.route=/async-timeout,.*",
              "the same"),
          onlyOurs(
              "metric http\\.server\\.request\\.duration\\{.*status_code=500,"
                  + " http\\.route=/async-timeout,.*",
              "the same"),
          onlyReference(
              "trace .* /shop/nothing > SERVER GET /shop/\\*: .*",
              "Liberty throws where it has no servlet and then answers 404; the reference ends where it"
                  + " throws, with 500"),
          onlyOurs("trace .* /shop/nothing > SERVER GET: .*", "the same"),
          onlyReference(
              "metric http\\.server\\.request\\.duration\\{error\\.type=500,.*"
                  + " http\\.route=/shop/\\*,.*",
              "the same"),
          onlyReference(
              "trace .* /elsewhere > SERVER GET: .*",
              "where there is no application, Liberty answers itself; our spans begin with the"
                  + " application"),
          onlyOurs(
              "trace .* /elsewhere > SERVER GET: http\\.response\\.status_code=404",
              "where there is no application, Karaf answers when Jetty's handlers are through; the"
                  + " reference has ended by then, with 200"),
          onlyReference(
              "metric http\\.server\\.request\\.duration\\{http\\.request\\.method=GET,"
                  + " http\\.response\\.status_code=200, network\\.protocol\\.version=1\\.1,"
                  + " url\\.scheme=http} .* count=1",
              "the same"),
          onlyOurs(
              "metric http\\.server\\.request\\.duration\\{http\\.request\\.method=GET,"
                  + " http\\.response\\.status_code=404, network\\.protocol\\.version=1\\.1,"
                  + " url\\.scheme=http} .* count=1",
              "the same"),
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
                  + " network\\.protocol\\.version=1\\.1, url\\.scheme=http} .* count=2",
              "a handler of Jetty 12 that throws is one request; the reference ends it where it"
                  + " throws and again where it is answered, and counts both"),
          onlyOurs(
              "metric http\\.server\\.request\\.duration\\{error\\.type=500,"
                  + " http\\.request\\.method=GET, http\\.response\\.status_code=500,"
                  + " network\\.protocol\\.version=1\\.1, url\\.scheme=http} .* count=1",
              "the same"),
          onlyOurs("metric [a-z_.]+\\.percentile\\b.*", "exact percentiles are what we add"),
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
