/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.packaging;

import io.vitals.agent.Library;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes the files of the agent into the one that {@link Library} reads, which says what it looks
 * like.
 */
public final class LibraryFile {
  private LibraryFile() {}

  /** The records lie in the order of the map, so that neighbours are read from the disk at once. */
  public static byte[] write(Map<String, byte[]> files) throws IOException {
    int start = Integer.BYTES + files.size() * Library.ROW;
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    List<int[]> rows = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      int before = records.size();
      record(file.getKey(), file.getValue(), records);
      rows.add(new int[] {file.getKey().hashCode(), start + before, records.size() - before});
    }
    rows.sort(Comparator.comparingInt(row -> row[0]));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(rows.size());
    for (int[] row : rows) {
      for (int each : row) {
        out.writeInt(each);
      }
    }
    records.writeTo(out);
    return bytes.toByteArray();
  }

  private static void record(String name, byte[] content, ByteArrayOutputStream records)
      throws IOException {
    byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
    DataOutputStream out = new DataOutputStream(records);
    out.writeInt(content.length);
    out.writeShort(encoded.length);
    out.write(encoded);
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    DeflaterOutputStream deflated = new DeflaterOutputStream(records, deflater);
    deflated.write(content);
    deflated.finish();
    deflater.end();
  }
}
