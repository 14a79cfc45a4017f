/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.example.clock;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lets the calls of a class's static method go to another class's method of the same name and type.
 *
 * <p>Only the constant pool is touched: the references to the method name the other class, which is
 * added at its end. So it holds for class files of any version.
 */
final class CallRewriter {
  /** How many bytes follow the tag of a constant, by tag; of a Utf8 its length comes on top. */
  private static final int[] SIZES = {
    0, 2, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2
  };

  private static final int POOL = 10;

  private final byte[] file;
  private final ByteBuffer in;
  private final int[] at;
  private final int end;

  private CallRewriter(byte[] file) {
    this.file = file;
    this.in = ByteBuffer.wrap(file);
    int count = in.getShort(POOL - 2) & 0xffff;
    this.at = new int[count];
    int position = POOL;
    for (int i = 1; i < count; i++) {
      at[i] = position;
      int tag = file[position];
      position += 1 + SIZES[tag] + (tag == 1 ? in.getShort(position + 1) & 0xffff : 0);
      if (tag == 5 || tag == 6) {
        i++;
      }
    }
    this.end = position;
  }

  /** The class file with its calls redirected; null if there are none. */
  static byte[] redirect(byte[] classFile, String owner, String method, String to)
      throws IOException {
    return new CallRewriter(classFile).redirect(owner, method, to);
  }

  private byte[] redirect(String owner, String method, String to) throws IOException {
    byte[] changed = file.clone();
    ByteBuffer out = ByteBuffer.wrap(changed);
    boolean found = false;
    for (int i = 1; i < at.length; i++) {
      if (at[i] != 0 && file[at[i]] == 10 && is(at[i], owner, method)) {
        out.putShort(at[i] + 1, (short) (at.length + 1));
        found = true;
      }
    }
    if (!found) {
      return null;
    }
    out.putShort(POOL - 2, (short) (at.length + 2));
    ByteArrayOutputStream all = new ByteArrayOutputStream(changed.length + 64);
    DataOutputStream data = new DataOutputStream(all);
    data.write(changed, 0, end);
    data.writeByte(1);
    data.writeUTF(to);
    data.writeByte(7);
    data.writeShort(at.length);
    data.write(changed, end, changed.length - end);
    return all.toByteArray();
  }

  private boolean is(int reference, String owner, String method) {
    int ofClass = at[in.getShort(reference + 1) & 0xffff];
    int nameAndType = at[in.getShort(reference + 3) & 0xffff];
    return isText(ofClass + 1, owner) && isText(nameAndType + 1, method);
  }

  private boolean isText(int index, String text) {
    int utf8 = at[in.getShort(index) & 0xffff];
    int length = in.getShort(utf8 + 1) & 0xffff;
    byte[] found = Arrays.copyOfRange(file, utf8 + 3, utf8 + 3 + length);
    return text.equals(new String(found, StandardCharsets.UTF_8));
  }
}
