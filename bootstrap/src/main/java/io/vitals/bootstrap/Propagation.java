/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/**
 * Reads trace context from incoming headers and writes it into outgoing ones, in the formats that
 * {@code otel.propagators} lists.
 *
 * <p>Immutable. Sources: W3C Trace Context level 2, W3C Baggage, the B3 specification. Text that
 * does not follow its format is as if it had not come.
 */
public final class Propagation {
  /** The formats. */
  public enum Format {
    /** {@code traceparent} and {@code tracestate}. */
    TRACE_CONTEXT("traceparent", "tracestate"),
    /** {@code baggage}, passed on as it came. */
    BAGGAGE("baggage"),
    /** {@code b3}; reads {@code X-B3-TraceId} and its companions too, as the specification asks. */
    B3("b3", "X-B3-TraceId", "X-B3-SpanId", "X-B3-Sampled", "X-B3-Flags"),
    /** {@code X-B3-TraceId} and its companions; reads {@code b3} too. */
    B3_MULTI("b3", "X-B3-TraceId", "X-B3-SpanId", "X-B3-Sampled", "X-B3-Flags");

    final String[] fields;

    Format(String... fields) {
      this.fields = fields;
    }
  }

  /** The default: trace context, then baggage. */
  public static final Propagation W3C = new Propagation(Format.TRACE_CONTEXT, Format.BAGGAGE);

  /** All formats together have this many fields. */
  static final int MOST_FIELDS = 13;

  /**
   * Longest {@code tracestate} or {@code baggage} passed on; W3C asks for 512 and 8192 characters.
   */
  static final int LONGEST = 8192;

  /** Bytes of the longest header that is written here, {@code traceparent}. */
  static final int LONGEST_WRITTEN = 55;

  /** The header names to read and write, each format's one after the other; do not change. */
  public final String[] fields;

  private final Format[] formats;

  /** A bit for each length that a field has. */
  private final long lengths;

  /** Makes a propagation of formats, each at most once; a later one read wins over an earlier. */
  public Propagation(Format... formats) {
    this.formats = formats.clone();
    int count = 0;
    for (Format format : formats) {
      count += format.fields.length;
    }
    this.fields = new String[count];
    int at = 0;
    long lengths = 0;
    for (Format format : formats) {
      for (String field : format.fields) {
        fields[at++] = field;
        lengths |= 1L << field.length();
      }
    }
    this.lengths = lengths;
  }

  /**
   * Whether a field may have a name of this length, for those who walk through many headers: most
   * are none of {@link #fields}, which this tells without a look at them.
   */
  public boolean mayHave(int nameLength) {
    return (lengths >>> nameLength & 1) != 0;
  }

  /**
   * Continues the trace that the incoming values name: sets ids and the remote-parent flag of the
   * span, and its trail if there is state to pass on.
   *
   * @param values header values in the order of {@link #fields}
   * @return whether the remote parent is sampled; meaningless without a remote parent
   */
  boolean read(CharSequence[] values, Span into) {
    boolean sampled = false;
    int at = 0;
    for (Format format : formats) {
      CharSequence value = values[at];
      switch (format) {
        case TRACE_CONTEXT:
          if (value != null && readTraceParent(value, into)) {
            long flags = Hex.read(value, 53, 2);
            sampled = (flags & 1) != 0;
            into.bits |= (flags & 2) != 0 ? Span.RANDOM_ID : 0;
            if (isText(values[at + 1])) {
              trail(into).traceState = values[at + 1].toString();
            }
          }
          break;
        case BAGGAGE:
          if (isText(value)) {
            trail(into).baggage = value.toString();
          }
          break;
        default:
          if (value != null && readB3(value, into)) {
            sampled = isSampledB3(value);
          } else if (readIds(values[at + 1], values[at + 2], into)) {
            sampled = isTrue(values[at + 3]) || isOne(values[at + 4]);
          }
          break;
      }
      at += format.fields.length;
    }
    return sampled;
  }

  /** Whether there is something to pass on, of a length that may be. */
  private static boolean isText(CharSequence value) {
    return value != null && value.length() > 0 && value.length() <= LONGEST;
  }

  private static Trail trail(Span span) {
    if (span.trail == null) {
      span.trail = new Trail();
    }
    return span.trail;
  }

  private static boolean readTraceParent(CharSequence text, Span into) {
    int length = text.length();
    if (length < 55 || text.charAt(2) != '-' || text.charAt(35) != '-' || text.charAt(52) != '-') {
      return false;
    }
    if (!Hex.isHex(text, 0, 2) || !Hex.isHex(text, 53, 2) || starts(text, 'f')) {
      return false;
    }
    if (length > 55 && (starts(text, '0') || text.charAt(55) != '-')) {
      return false;
    }
    return Hex.isHex(text, 3, 32) && Hex.isHex(text, 36, 16) && remote(text, 3, 32, text, 36, into);
  }

  /** Whether the version is twice this digit. */
  private static boolean starts(CharSequence text, char digit) {
    return text.charAt(0) == digit && text.charAt(1) == digit;
  }

  private static boolean readB3(CharSequence text, Span into) {
    int dash = dash(text);
    if (dash < 0) {
      return false;
    }
    int end = dash + 17;
    if (!Hex.isHex(text, 0, dash) || !Hex.isHex(text, dash + 1, 16)) {
      return false;
    }
    return (text.length() == end || text.charAt(end) == '-')
        && remote(text, 0, dash, text, dash + 1, into);
  }

  /** Where the trace id of B3 ends, or -1. */
  private static int dash(CharSequence text) {
    int length = text.length();
    return length > 16 && text.charAt(16) == '-'
        ? 16
        : length > 32 && text.charAt(32) == '-' ? 32 : -1;
  }

  private static boolean isSampledB3(CharSequence text) {
    int flag = dash(text) + 18;
    return text.length() > flag && (text.charAt(flag) == '1' || text.charAt(flag) == 'd');
  }

  private static boolean readIds(CharSequence traceId, CharSequence spanId, Span into) {
    if (traceId == null || spanId == null) {
      return false;
    }
    int length = traceId.length();
    return (length == 16 || length == 32)
        && spanId.length() == 16
        && Hex.isHex(traceId, 0, length)
        && Hex.isHex(spanId, 0, 16)
        && remote(traceId, 0, length, spanId, 0, into);
  }

  private static boolean remote(
      CharSequence trace, int traceAt, int traceLength, CharSequence span, int spanAt, Span into) {
    long high = traceLength == 32 ? Hex.read(trace, traceAt, 16) : 0;
    long low = Hex.read(trace, traceAt + traceLength - 16, 16);
    long parent = Hex.read(span, spanAt, 16);
    if ((high | low) == 0 || parent == 0) {
      return false;
    }
    into.traceIdHigh = high;
    into.traceIdLow = low;
    into.parentSpanId = parent;
    into.bits |= Span.REMOTE_PARENT;
    return true;
  }

  private static boolean isOne(CharSequence text) {
    return text != null && text.length() == 1 && text.charAt(0) == '1';
  }

  private static boolean isTrue(CharSequence text) {
    return isOne(text) || text != null && "true".equalsIgnoreCase(text.toString());
  }

  /**
   * The value to send for a field on behalf of a span.
   *
   * @param field index into {@link #fields}
   * @param current the calling thread's
   * @return the header's value, or null if the field is not to be sent
   */
  public String value(int field, Current current, Span span) {
    int at = field;
    for (Format format : formats) {
      if (at < format.fields.length) {
        return value(format, at, current, span);
      }
      at -= format.fields.length;
    }
    return null;
  }

  private static String value(Format format, int field, Current current, Span span) {
    Trail trail = span.root == null ? span.trail : span.root.trail;
    switch (format) {
      case TRACE_CONTEXT:
        if (span.spanId == 0) {
          return null;
        }
        return field == 0
            ? traceParent(current.digits(), span)
            : trail == null ? null : trail.traceState;
      case BAGGAGE:
        return trail == null ? null : trail.baggage;
      case B3:
        return field == 0 && span.spanId != 0 ? b3(current.digits(), span) : null;
      default:
        return span.spanId == 0 ? null : b3(field, span);
    }
  }

  private static String b3(int field, Span span) {
    switch (field) {
      case 1:
        return Hex.traceId(span.traceIdHigh, span.traceIdLow);
      case 2:
        return Hex.spanId(span.spanId);
      case 3:
        return flag(span);
      default:
        return null;
    }
  }

  private static String traceParent(byte[] text, Span span) {
    text[0] = '0';
    text[1] = '0';
    text[2] = '-';
    text[ids(text, 3, span)] = '0';
    text[54] = (byte) ('0' + (span.sampled() ? 1 : 0) + (span.randomId() ? 2 : 0));
    return Hex.text(text, LONGEST_WRITTEN);
  }

  private static String b3(byte[] text, Span span) {
    int flag = ids(text, 0, span);
    text[flag] = (byte) (span.sampled() ? '1' : '0');
    return Hex.text(text, flag + 1);
  }

  /** Writes both ids with a dash behind each, and returns the index after them. */
  private static int ids(byte[] text, int at, Span span) {
    int dash = Hex.write(span.traceIdLow, text, Hex.write(span.traceIdHigh, text, at));
    text[dash] = '-';
    dash = Hex.write(span.spanId, text, dash + 1);
    text[dash] = '-';
    return dash + 1;
  }

  private static String flag(Span span) {
    return span.sampled() ? "1" : "0";
  }
}
