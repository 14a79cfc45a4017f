/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.client;

import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.ConnectionCall;
import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Probe;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import java.io.PrintStream;
import net.bytebuddy.asm.Advice;
import sun.net.www.MessageHeader;
import sun.net.www.protocol.http.HttpURLConnection;

/**
 * Measures the requests of {@link java.net.HttpURLConnection}, from the first of {@code connect},
 * {@code getOutputStream} and {@code getInputStream} to the response; redirects are part of it.
 *
 * <p>Between these calls the span is kept in {@code authObj}, a slot of the connection that the JDK
 * uses within such a call only, for NTLM. So it goes away with a connection that nobody reads.
 */
@Supported(
    library = "JDK `HttpURLConnection`",
    tested = "8 to 26",
    gives =
        "a CLIENT span and `http.client.request.duration` for each request, "
            + "trace context in its headers")
public final class HttpUrlConnectionHook extends Hook {
  /** Declares the hook. */
  public HttpUrlConnectionHook() {
    super("http-url-connection");
    type("sun.net.www.protocol.http.HttpURLConnection")
        .advise("connect", "()V", Connect.class)
        .advise("getOutputStream", "()", Connect.class)
        .advise("getInputStream", "()", Answer.class);
    type("sun.net.www.protocol.https.AbstractDelegateHttpsURLConnection")
        .advise("connect", "()V", Connect.class);
    type("sun.net.www.http.HttpClient")
        .advise(
            "writeRequests",
            "(Lsun/net/www/MessageHeader;Lsun/net/www/http/PosterOutputStream;)V",
            Write.class);
  }

  /** What comes before the answer: the span stays with the connection. */
  static final class Connect {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static ClientSpan enter(
        @Advice.This HttpURLConnection connection,
        @Advice.FieldValue("connected") boolean connected,
        @Advice.Local("current") Current current) {
      current = Current.get();
      if (current.span instanceof ClientSpan) {
        return null;
      }
      Object left = connection.authObj();
      if (left instanceof ClientSpan) {
        connection.authObj(null);
        Probe.resume(current, (ClientSpan) left);
        return (ClientSpan) left;
      }
      return connected ? null : ConnectionCall.start(current, connection);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This HttpURLConnection connection,
        @Advice.FieldValue("responseCode") int status,
        @Advice.Enter ClientSpan span,
        @Advice.Local("current") Current current,
        @Advice.Thrown Throwable thrown) {
      if (span == null) {
        return;
      }
      if (thrown != null || connection.authObj() != null) {
        ConnectionCall.end(current, span, connection, status, thrown);
        return;
      }
      // getOutputStream makes a POST of a GET.
      span.method = connection.getRequestMethod();
      Probe.leave(current, span);
      connection.authObj(span);
    }
  }

  /**
   * The headers go out: the first line and {@code traceparent} as bytes, since the JDK makes 488
   * bytes of garbage for each header that it writes. It passes over a key that is null.
   */
  static final class Write {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static int enter(
        @Advice.Argument(0) MessageHeader headers,
        @Advice.FieldValue("serverOutput") PrintStream out,
        @Advice.Local("line") String line,
        @Advice.Local("key") String key,
        @Advice.Local("value") String value) {
      int at = headers.getKey("traceparent");
      if (at <= 0 || headers.getValue(0) != null) {
        return 0;
      }
      line = headers.getKey(0);
      key = headers.getKey(at);
      value = headers.getValue(at);
      byte[] lines = ConnectionCall.lines(line, key, value);
      if (lines == null) {
        return 0;
      }
      // First of all, since a connection that was closed has no stream: then nothing is taken away.
      out.write(lines, 0, lines.length);
      headers.set(0, null, null);
      headers.set(at, null, null);
      return at;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) MessageHeader headers,
        @Advice.Enter int at,
        @Advice.Local("line") String line,
        @Advice.Local("key") String key,
        @Advice.Local("value") String value) {
      if (at > 0) {
        headers.set(0, line, null);
        headers.set(at, key, value);
      }
    }
  }

  /** The answer; only the first call waits for it. */
  static final class Answer {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static ClientSpan enter(
        @Advice.This HttpURLConnection connection,
        @Advice.FieldValue("connecting") boolean connecting,
        @Advice.FieldValue("connected") boolean connected,
        @Advice.Local("current") Current current) {
      current = Current.get();
      if (current.span instanceof ClientSpan) {
        return null;
      }
      Object left = connection.authObj();
      if (left instanceof ClientSpan) {
        connection.authObj(null);
        Probe.resume(current, (ClientSpan) left);
        return (ClientSpan) left;
      }
      return connecting || connected ? null : ConnectionCall.start(current, connection);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This HttpURLConnection connection,
        @Advice.FieldValue("responseCode") int status,
        @Advice.Enter ClientSpan span,
        @Advice.Local("current") Current current,
        @Advice.Thrown Throwable thrown) {
      if (span != null) {
        ConnectionCall.end(current, span, connection, status, thrown);
      }
    }
  }
}
