/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.http;

import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The one connection of a sender, made when it is needed and kept while both ends want that. Every
 * wait ends at a deadline, or when the sender ends.
 *
 * <p>For one thread.
 */
final class PlainConnection implements Attempts.Pause {
  /** A batch of spans goes out in four writes; what the JDK copies it to is as large. */
  private static final int OUT_BYTES = 64 * 1024;

  private final NameLookup lookup;
  private final int port;
  private final String head;
  private final Supplier<Map<String, List<String>>> headers;
  private final Compressor compressor;
  private final long connectNanos;
  private final long longestBody;
  private final Selector selector;
  private final BooleanSupplier ended;
  private final ByteBuffer out = ByteBuffer.allocate(OUT_BYTES);
  private SocketChannel channel;
  private SelectionKey key;
  private ResponseReader reader;

  PlainConnection(HttpSenderConfig config, Selector selector, BooleanSupplier ended) {
    URI endpoint = config.getEndpoint();
    String path = endpoint.getRawPath();
    String query = endpoint.getRawQuery();
    String literal = endpoint.getHost();
    String host = literal.startsWith("[") ? literal.substring(1, literal.length() - 1) : literal;
    this.lookup = new NameLookup(host, selector::wakeup);
    this.port = endpoint.getPort() < 0 ? 80 : endpoint.getPort();
    this.compressor = config.getCompressor();
    this.head =
        "POST "
            + (path == null || path.isEmpty() ? "/" : path)
            + (query == null ? "" : "?" + query)
            + " HTTP/1.1\r\nHost: "
            + literal
            + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort())
            + "\r\nContent-Type: "
            + config.getContentType()
            + (compressor == null ? "" : "\r\nContent-Encoding: " + compressor.getEncoding())
            + "\r\nContent-Length: ";
    this.headers = config.getHeadersSupplier();
    this.connectNanos = config.getConnectTimeout().toNanos();
    this.longestBody = config.getMaxResponseBodySize();
    this.selector = selector;
    this.ended = ended;
  }

  /**
   * Sends a message and reads the answer.
   *
   * @throws SocketTimeoutException at the deadline, by {@code nanoTime}
   * @throws IOException if the peer does not take it, or says what is not HTTP
   */
  PlainResponse exchange(MessageWriter message, long deadline) throws IOException {
    boolean kept = channel != null;
    try {
      return attempt(message, deadline);
    } catch (IOException failure) {
      boolean stale = kept && !reader.hasBegun() && System.nanoTime() - deadline < 0;
      if (!stale || failure instanceof SocketTimeoutException) {
        throw failure;
      }
    }
    // The peer had ended the kept connection; that says nothing about a new one.
    return attempt(message, deadline);
  }

  private PlainResponse attempt(MessageWriter message, long deadline) throws IOException {
    boolean keep = false;
    try {
      if (channel == null) {
        connect(deadline);
      }
      reader.begin(deadline);
      write(message, deadline);
      PlainResponse response = reader.read();
      keep = reader.isKept();
      return response;
    } finally {
      if (!keep) {
        disconnect();
      }
    }
  }

  private void connect(long deadline) throws IOException {
    IOException failure = null;
    for (InetAddress address : addresses(deadline)) {
      try {
        connect(new InetSocketAddress(address, port), deadline);
        return;
      } catch (IOException e) {
        disconnect();
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    throw failure;
  }

  private InetAddress[] addresses(long deadline) throws IOException {
    lookup.begin();
    while (!lookup.isDone()) {
      select(left(deadline));
    }
    return lookup.addresses();
  }

  private void connect(InetSocketAddress address, long deadline) throws IOException {
    channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    key = channel.register(selector, 0);
    long latest = deadline;
    if (connectNanos > 0) {
      long own = System.nanoTime() + connectNanos;
      latest = own - deadline < 0 ? own : deadline;
    }
    boolean connected = channel.connect(address);
    while (!connected) {
      await(SelectionKey.OP_CONNECT, latest);
      connected = channel.finishConnect();
    }
    reader = new ResponseReader(this::read, longestBody);
  }

  private void write(MessageWriter message, long deadline) throws IOException {
    OutputStream output = new Output(deadline);
    out.clear();
    if (compressor == null) {
      writeHead(output, message.getContentLength());
      message.writeMessage(output);
    } else {
      ByteArrayOutputStream small = new ByteArrayOutputStream(4096);
      try (OutputStream packing = compressor.compress(small)) {
        message.writeMessage(packing);
      }
      writeHead(output, small.size());
      small.writeTo(output);
    }
    output.flush();
  }

  private void writeHead(OutputStream output, int length) throws IOException {
    StringBuilder text = new StringBuilder(512).append(head).append(length).append("\r\n");
    Map<String, List<String>> asked = headers.get();
    if (asked != null) {
      for (Map.Entry<String, List<String>> header : asked.entrySet()) {
        for (String value : header.getValue()) {
          text.append(checked(header.getKey())).append(": ").append(checked(value)).append("\r\n");
        }
      }
    }
    output.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A line break in a header would begin another one. */
  private static String checked(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\t' || c == 0x7f) {
        throw new IllegalArgumentException(
            "a header has the character " + (int) c + " at " + i + ", which HTTP does not allow");
      }
    }
    return text;
  }

  private int read(ByteBuffer into, long deadline) throws IOException {
    int count = readNow(into);
    while (count == 0) {
      await(SelectionKey.OP_READ, deadline);
      count = readNow(into);
    }
    return count;
  }

  private int readNow(ByteBuffer into) throws IOException {
    try {
      return channel.read(into);
    } catch (IOException broken) {
      throw ofSocket(broken);
    }
  }

  private int writeNow() throws IOException {
    try {
      return channel.write(out);
    } catch (IOException broken) {
      throw ofSocket(broken);
    }
  }

  /**
   * A channel says of a reset what only its text tells from other failures; a socket has a type.
   */
  private static IOException ofSocket(IOException broken) {
    if (broken.getClass() != IOException.class) {
      return broken;
    }
    SocketException typed = new SocketException(broken.getMessage());
    typed.initCause(broken);
    return typed;
  }

  private void await(int operation, long deadline) throws IOException {
    long millis = left(deadline);
    key.interestOps(operation);
    select(millis);
  }

  /** How many milliseconds there are to wait. */
  private long left(long deadline) throws IOException {
    // Looked at first: whoever ended it may have woken a look that did not mind.
    if (ended.getAsBoolean()) {
      throw hasEnded();
    }
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("timeout");
    }
    return millis(left);
  }

  /** What becomes of a message when the sender ends. */
  static IOException hasEnded() {
    return new IOException("the exporter has ended");
  }

  private static long millis(long nanos) {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  /**
   * Waits for what the key is interested in, or for somebody who wakes the selector.
   *
   * @param millis zero is without a limit
   * @return whether the connection is ready
   */
  private boolean select(long millis) throws IOException {
    selector.select(millis);
    boolean ready = !selector.selectedKeys().isEmpty();
    selector.selectedKeys().clear();
    Thread.interrupted();
    return ready;
  }

  /** Waits for somebody to wake the selector; a connection that the peer ends is let go. */
  void rest() throws IOException {
    if (key != null) {
      key.interestOps(SelectionKey.OP_READ);
    }
    if (select(0)) {
      // Nothing is due: it is the end, or it is not HTTP.
      disconnect();
    }
  }

  @Override
  public boolean untilNanoTime(long until, long deadline) {
    if (key != null) {
      key.interestOps(0);
    }
    try {
      long left = until - System.nanoTime();
      while (left > 0 && !ended.getAsBoolean()) {
        select(millis(left));
        left = until - System.nanoTime();
      }
    } catch (IOException broken) {
      return false;
    }
    return !ended.getAsBoolean() && deadline - System.nanoTime() > 0;
  }

  private void disconnect() {
    SocketChannel left = channel;
    channel = null;
    key = null;
    if (left != null) {
      try {
        left.close();
        // A channel that is registered ends with the next look of its selector.
        selector.selectNow();
      } catch (IOException gone) {
        // It is what was wanted.
      }
    }
  }

  /** Ends it for good. */
  void close() {
    disconnect();
    try {
      selector.close();
    } catch (IOException gone) {
      // Nothing is registered any more.
    }
  }

  /** Collects bytes for the channel. */
  private final class Output extends OutputStream {
    private final long deadline;

    Output(long deadline) {
      this.deadline = deadline;
    }

    @Override
    public void write(int b) throws IOException {
      if (!out.hasRemaining()) {
        flush();
      }
      out.put((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; ) {
        if (!out.hasRemaining()) {
          flush();
        }
        int part = Math.min(length - done, out.remaining());
        out.put(bytes, offset + done, part);
        done += part;
      }
    }

    @Override
    public void flush() throws IOException {
      out.flip();
      while (out.hasRemaining()) {
        if (writeNow() == 0) {
          await(SelectionKey.OP_WRITE, deadline);
        }
      }
      out.clear();
    }
  }
}
