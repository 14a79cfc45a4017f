/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Reads the responses of one connection: HTTP/1.0 and 1.1, with a length, in chunks, or up to the
 * end. A body that ends too soon is what was read of it, since the status has said what became of
 * the message.
 */
final class ResponseReader {
  private static final int MOST_HEAD_BYTES = 64 * 1024;
  private static final int UNKNOWN = -1;

  private final Source source;
  private final long longestBody;
  private final ByteBuffer in = ByteBuffer.allocate(4096);
  private long deadline;
  private int headBytes;
  private boolean begun;
  private boolean kept;

  // What the headers say.
  private boolean chunked;
  private long length;
  private long retryAfterNanos;

  ResponseReader(Source source, long longestBody) {
    this.source = source;
    this.longestBody = longestBody;
    in.flip();
  }

  /** Gets ready for the next response. */
  void begin(long until) {
    deadline = until;
    begun = false;
  }

  /** Whether a byte of the response has come. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether the connection can be used for the next message. */
  boolean isKept() {
    return kept && !in.hasRemaining();
  }

  /** Reads one response, and skips those that say that it is coming. */
  PlainResponse read() throws IOException {
    headBytes = 0;
    String line = line();
    int status = status(line);
    headers(line);
    while (status / 100 == 1) {
      line = line();
      status = status(line);
      headers(line);
    }
    byte[] body = status == 204 || status == 304 ? new byte[0] : body();
    return new PlainResponse(status, reason(line), body, retryAfterNanos);
  }

  private static int status(String line) throws IOException {
    boolean http = line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ';
    int status = http ? number(line.substring(9, 12), 10) : UNKNOWN;
    if (status < 100) {
      String shown = line.length() > 40 ? line.substring(0, 40) + "..." : line;
      throw new ProtocolException("the answer is not HTTP: " + shown);
    }
    return status;
  }

  private static String reason(String line) {
    return line.length() > 13 ? line.substring(13) : "";
  }

  private void headers(String statusLine) throws IOException {
    chunked = false;
    length = UNKNOWN;
    retryAfterNanos = UNKNOWN;
    kept = !statusLine.startsWith("HTTP/1.0");
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        header(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
      }
    }
  }

  private void header(String name, String value) throws IOException {
    switch (name) {
      case "content-length":
        length = number(value, 10);
        if (length == UNKNOWN) {
          throw new ProtocolException("not a length of a body: " + value);
        }
        break;
      case "transfer-encoding":
        chunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
        break;
      case "connection":
        kept &= !value.toLowerCase(Locale.ROOT).contains("close");
        break;
      case "retry-after":
        retryAfterNanos = retryAfter(value);
        break;
      default:
        break;
    }
  }

  private static long retryAfter(String value) {
    int seconds = number(value, 10);
    if (seconds != UNKNOWN) {
      return TimeUnit.SECONDS.toNanos(seconds);
    }
    try {
      Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
      return Math.max(0, Duration.between(Instant.now(), at).toNanos());
    } catch (DateTimeException | ArithmeticException notOne) {
      return UNKNOWN;
    }
  }

  private byte[] body() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(64);
    try {
      if (chunked) {
        chunks(body);
      } else if (length == UNKNOWN) {
        kept = false;
        copy(body, Long.MAX_VALUE);
      } else {
        copy(body, length);
      }
    } catch (EOFException tooSoon) {
      kept = false;
    }
    return body.toByteArray();
  }

  private void chunks(ByteArrayOutputStream body) throws IOException {
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      copy(body, size);
      line();
    }
    while (!line().isEmpty()) {
      // A trailer says nothing to us.
    }
  }

  private int chunkSize() throws IOException {
    headBytes = 0;
    String line = line();
    int semicolon = line.indexOf(';');
    int size = number((semicolon < 0 ? line : line.substring(0, semicolon)).trim(), 16);
    if (size == UNKNOWN) {
      throw new ProtocolException("not a length of a chunk: " + line);
    }
    return size;
  }

  private void copy(ByteArrayOutputStream body, long count) throws IOException {
    for (long left = count; left > 0; ) {
      if (!in.hasRemaining()) {
        fill();
      }
      int part = (int) Math.min(left, in.remaining());
      if (body.size() + (long) part > longestBody) {
        throw new IOException("HTTP response body exceeded limit of " + longestBody + " bytes");
      }
      body.write(in.array(), in.position(), part);
      in.position(in.position() + part);
      left -= part;
    }
  }

  /** The next line without its end. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (byte b = next(); b != '\n'; b = next()) {
      line.write(b);
    }
    String text = new String(line.toByteArray(), StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private byte next() throws IOException {
    if (!in.hasRemaining()) {
      fill();
    }
    if (++headBytes > MOST_HEAD_BYTES) {
      throw new ProtocolException("the answer's head is longer than " + MOST_HEAD_BYTES + " bytes");
    }
    return in.get();
  }

  private void fill() throws IOException {
    in.clear();
    int count;
    try {
      count = source.read(in, deadline);
    } finally {
      in.flip();
    }
    if (count < 0) {
      throw new EOFException("unexpected end of stream");
    }
    begun = true;
  }

  /** A number that is not negative and fits, or {@link #UNKNOWN}. */
  private static int number(String text, int radix) {
    boolean digits = !text.isEmpty() && Character.digit(text.charAt(0), radix) >= 0;
    try {
      return digits ? Integer.parseInt(text, radix) : UNKNOWN;
    } catch (NumberFormatException notOne) {
      return UNKNOWN;
    }
  }

  /** Where bytes come from. */
  interface Source {
    /** Reads some bytes, one at least, or gives -1 at the end. */
    int read(ByteBuffer into, long deadline) throws IOException;
  }
}
