/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/**
 * One timed operation, written by one thread at a time and read by the drain thread after it was
 * handed off.
 *
 * <p>A span gathers nothing while it is open but its own fields. When it ends it is linked into the
 * list of its {@link #root}, the span whose hand-off carries it; when the root ends the whole list
 * goes to the {@link Sink} at once. The list starts at the root and runs from the newest finished
 * span to the oldest through {@link #next}.
 *
 * <p>Cost: 84 bytes of fields on a 64-bit JVM with compressed pointers, before those of the kind.
 */
public abstract class Span {
  /** Set in {@link #bits}: the trace is kept, and {@code traceparent} says so downstream. */
  public static final int SAMPLED = 1;

  /** Set in {@link #bits}: attributes are worth reading. */
  public static final int RECORDED = 1 << 1;

  /** Set in {@link #bits}: the parent came in over the wire. */
  public static final int REMOTE_PARENT = 1 << 2;

  /** Set in {@link #bits}: ended, so that a second end has no effect. */
  public static final int ENDED = 1 << 3;

  /** Set in {@link #bits}: {@code url.scheme} is https, otherwise http. */
  public static final int HTTPS = 1 << 4;

  /**
   * Set in {@link #bits}: sampled, but left out of the trace because its root has too many spans.
   */
  public static final int LEFT_OUT = 1 << 5;

  /** Set in {@link #bits}: not a span of ours, its ids are those that came in; passed on only. */
  static final int PASSED_ON = 1 << 6;

  /** Set in {@link #bits}: the trace id is random, and {@code traceparent} says so (level 2). */
  static final int RANDOM_ID = 1 << 7;

  /** Set in {@link #bits}: the route is that of what answered, and stays whatever comes after. */
  public static final int ROUTED = 1 << 13;

  /** Set in {@link #bits}: the route is that of a web framework, and no other takes its place. */
  public static final int FRAMEWORK_ROUTED = 1 << 15;

  /** Set in {@link #bits}: counted among the requests being answered. */
  static final int COUNTED = 1 << 14;

  /** Shift of the two-decimal protocol version (10, 11, 20, 30; 0 is unknown) in {@link #bits}. */
  static final int PROTOCOL_SHIFT = 8;

  /** Shift of the status code (0 is unknown, at most 1023) in {@link #bits}. */
  static final int STATUS_SHIFT = 16;

  /** Shift of the number of spans gathered in the present list (at most 63) in {@link #bits}. */
  static final int GATHERED_SHIFT = 26;

  /** The upper 64 bits of the trace id. */
  public long traceIdHigh;

  /** The lower 64 bits of the trace id; the sampler of the standard ratio reads these. */
  public long traceIdLow;

  /** The span id, never 0. */
  public long spanId;

  /** The span id of the parent, local or remote; 0 for the root of a trace. */
  public long parentSpanId;

  /** {@link System#nanoTime()} at the start. */
  public long startNanos;

  /** {@link System#nanoTime()} at the end. */
  public long endNanos;

  /** The span whose hand-off carries this one; itself if it is handed off alone. */
  public Span root;

  /** The innermost span open on the thread when this one began, open again when it ends. */
  public Span parent;

  /** The next older span of the same hand-off. */
  public Span next;

  /** What failed: a {@link Throwable}, or a {@link String} to be used as {@code error.type}. */
  public Object error;

  /** What only some local roots have: foreign trace state, baggage, a long life; or null. */
  public Trail trail;

  /** Flags, protocol version, status code and the number of gathered spans. */
  public int bits;

  Span() {}

  /**
   * Whether the trace is sampled, as {@code traceparent} says downstream. A span of it goes to the
   * backend if it is {@link #recorded()} too; it is not where no exporter takes traces.
   */
  public final boolean sampled() {
    return (bits & SAMPLED) != 0;
  }

  /** Whether the trace id is known to be random. */
  public final boolean randomId() {
    return (bits & RANDOM_ID) != 0;
  }

  /** Whether attributes that only a trace shows are worth reading. */
  public final boolean recorded() {
    return (bits & RECORDED) != 0;
  }

  /** The HTTP status code, or 0 if none is known. */
  public final int status() {
    return (bits >>> STATUS_SHIFT) & 0x3ff;
  }

  /** Sets the HTTP status code; one outside 0 to 1023 is kept as unknown. */
  public final void status(int code) {
    int known = (code & ~0x3ff) == 0 ? code : 0;
    bits = bits & ~(0x3ff << STATUS_SHIFT) | known << STATUS_SHIFT;
  }

  /** The HTTP version times ten: 10, 11, 20, 30, or 0 if it is unknown. */
  public final int protocol() {
    return (bits >>> PROTOCOL_SHIFT) & 0x1f;
  }

  /** Sets the HTTP version times ten; one outside 0 to 31 is kept as unknown. */
  public final void protocol(int timesTen) {
    int known = (timesTen & ~0x1f) == 0 ? timesTen : 0;
    bits = bits & ~(0x1f << PROTOCOL_SHIFT) | known << PROTOCOL_SHIFT;
  }

  /** Sets the HTTP version from text such as {@code HTTP/1.1}; anything else leaves it unknown. */
  public final void protocol(String text) {
    if (text == null || text.length() < 6) {
      return;
    }
    int major = text.charAt(5) - '0';
    int minor = text.length() > 7 ? text.charAt(7) - '0' : 0;
    if (major > 0 && major < 10 && minor >= 0 && minor < 10) {
      protocol(major * 10 + minor);
    }
  }

  /** Whether {@code url.scheme} is https. */
  public final boolean https() {
    return (bits & HTTPS) != 0;
  }

  /** How many spans the list that starts at {@link #next} of this root holds. */
  final int gathered() {
    return bits >>> GATHERED_SHIFT;
  }

  /** Carries the identity of {@code from}, without its ids, to the child that this span is. */
  final void childOf(Span from) {
    traceIdHigh = from.traceIdHigh;
    traceIdLow = from.traceIdLow;
    parentSpanId = from.spanId;
    bits |= from.bits & (SAMPLED | RECORDED | PASSED_ON | RANDOM_ID);
  }
}
