/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import java.io.Closeable;
import java.io.EOFException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files of the agent, thousands of them, in one entry of its jar.
 *
 * <p>Whoever opens a jar reads the name of each entry, and the JVM opens this one before it calls
 * anything of ours. So the jar has few, and what is read of this one at first is its index of 12
 * bytes a file.
 *
 * <p>The entry is not compressed; each file in it is, by itself:
 *
 * <pre>
 * int                 number of files
 * int, int, int       of each file the hash of its name, where its record begins, and how long the
 *                     record is; ascending by hash
 * records             int size, short length of the name, name in UTF-8, the content deflated
 * </pre>
 *
 * <p>Any thread may read. The packaging's {@code LibraryFile} writes it.
 */
public final class Library implements Closeable {
  /** The name of the entry. */
  public static final String ENTRY = "vitals/library";

  /** The bytes of the index that a file takes. */
  public static final int ROW = 12;

  private static final int HEAD = 6;

  private final ZipFile jar;
  private final ZipEntry entry;
  private final byte[] index;

  /** Opens the library in the agent's jar. */
  Library(File file) throws IOException {
    jar = new ZipFile(file);
    entry = jar.getEntry(ENTRY);
    if (entry == null) {
      jar.close();
      throw new FileNotFoundException(ENTRY + " is missing in " + file);
    }
    try (InputStream in = jar.getInputStream(entry)) {
      index = bytes(in, intAt(bytes(in, Integer.BYTES), 0) * ROW);
    }
  }

  boolean has(String name) throws IOException {
    return find(name) != null;
  }

  /** The whole of a file, or null if there is none of that name. */
  byte[] read(String name) throws IOException {
    byte[] record = find(name);
    if (record == null) {
      return null;
    }
    byte[] content = new byte[intAt(record, 0)];
    int from = HEAD + nameLength(record);
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(record, from, record.length - from);
      int filled = 0;
      while (filled < content.length) {
        int count = inflater.inflate(content, filled, content.length - filled);
        if (count == 0) {
          throw new EOFException(name + " is cut off in " + jar.getName());
        }
        filled += count;
      }
      return content;
    } catch (DataFormatException damaged) {
      throw new IOException(name + " is damaged in " + jar.getName(), damaged);
    } finally {
      inflater.end();
    }
  }

  @Override
  public void close() throws IOException {
    jar.close();
  }

  /** The record of a file, or null. */
  private byte[] find(String name) throws IOException {
    int hash = name.hashCode();
    byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
    for (int row = firstOf(hash); row < index.length && intAt(index, row) == hash; row += ROW) {
      byte[] record = record(intAt(index, row + 4), intAt(index, row + 8));
      if (isNamed(record, encoded)) {
        return record;
      }
    }
    return null;
  }

  /** Where the first row with that hash is, or would be. */
  private int firstOf(int hash) {
    int low = 0;
    int high = index.length / ROW;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (intAt(index, middle * ROW) < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low * ROW;
  }

  private byte[] record(int offset, int length) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      for (long left = offset; left > 0; ) {
        long skipped = in.skip(left);
        if (skipped <= 0) {
          throw new EOFException(ENTRY + " is cut off in " + jar.getName());
        }
        left -= skipped;
      }
      return bytes(in, length);
    }
  }

  private byte[] bytes(InputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int filled = 0; filled < length; ) {
      int count = in.read(bytes, filled, length - filled);
      if (count < 0) {
        throw new EOFException(ENTRY + " is cut off in " + jar.getName());
      }
      filled += count;
    }
    return bytes;
  }

  private static boolean isNamed(byte[] record, byte[] name) {
    if (nameLength(record) != name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (record[HEAD + i] != name[i]) {
        return false;
      }
    }
    return true;
  }

  private static int nameLength(byte[] record) {
    return (record[4] & 0xff) << 8 | record[5] & 0xff;
  }

  private static int intAt(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }
}
