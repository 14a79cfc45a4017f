/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import java.nio.charset.StandardCharsets;

/**
 * Reads of a class file just its names: itself, its supertypes, its methods.
 *
 * <p>One pass over the constant pool that keeps an offset a constant; text is made only when it is
 * asked for. Cost: some microseconds and four bytes a constant. Source: JVM specification, chapter
 * 4.
 */
final class ClassFile {
  private static final int UTF8 = 1;
  private static final int INTERFACE = 0x0200;
  private static final int ABSTRACT = 0x0400;

  private final byte[] bytes;
  private final int[] offsets;
  private final int header;

  /** Reads the constant pool; throws an {@link IndexOutOfBoundsException} for what is no class. */
  ClassFile(byte[] bytes) {
    this.bytes = bytes;
    this.offsets = new int[u2(8)];
    this.header = scan();
  }

  private int scan() {
    int at = 10;
    int slots;
    for (int i = 1; i < offsets.length; i += slots) {
      offsets[i] = at;
      slots = slots(bytes[at]);
      at += size(bytes, at);
    }
    return at;
  }

  /** Whether the constant pool of a class file holds one of the texts; makes nothing. */
  static boolean mentions(byte[] bytes, byte[][] texts, long lengths) {
    int count = (bytes[8] & 0xff) << 8 | bytes[9] & 0xff;
    int at = 10;
    int slots;
    for (int i = 1; i < count; i += slots) {
      if (bytes[at] == UTF8) {
        int length = (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff;
        if ((lengths & lengthBit(length)) != 0 && isOneOf(bytes, at + 3, length, texts)) {
          return true;
        }
      }
      slots = slots(bytes[at]);
      at += size(bytes, at);
    }
    return false;
  }

  /** The bit that stands for the length of a text in bytes; the last one for all long texts. */
  static long lengthBit(int length) {
    return 1L << Math.min(length, 63);
  }

  /** A long or double takes two places of the pool. */
  private static int slots(byte tag) {
    return tag == 5 || tag == 6 ? 2 : 1;
  }

  /** The bytes of the constant at this offset, by its tag. */
  private static int size(byte[] bytes, int at) {
    switch (bytes[at]) {
      case UTF8:
        return 3 + ((bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff);
      case 3:
      case 4:
      case 9:
      case 10:
      case 11:
      case 12:
      case 17:
      case 18:
        return 5;
      case 5:
      case 6:
        return 9;
      case 15:
        return 4;
      default:
        return 3;
    }
  }

  private static boolean isOneOf(byte[] bytes, int at, int length, byte[][] texts) {
    for (byte[] text : texts) {
      if (text.length == length && matches(bytes, at, text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] bytes, int at, byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (bytes[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  boolean isInterface() {
    return (u2(header) & INTERFACE) != 0;
  }

  /** The internal name of the superclass, or null. */
  String superName() {
    return className(u2(header + 4));
  }

  int interfaceCount() {
    return u2(header + 6);
  }

  /** The internal name of a direct interface. */
  String interfaceName(int index) {
    return className(u2(header + 8 + 2 * index));
  }

  /** Takes the name and descriptor of a method; true ends the walk. */
  interface MethodTest {
    boolean test(String name, String descriptor);
  }

  /** Whether the class has a method with code that passes the test. */
  boolean hasMethod(MethodTest test) {
    int at = header + 8 + 2 * interfaceCount();
    at = skipMembers(at);
    for (int count = u2(at), next = at + 2; count > 0; count--) {
      if ((u2(next) & ABSTRACT) == 0 && test.test(utf8(u2(next + 2)), utf8(u2(next + 4)))) {
        return true;
      }
      next = skipMember(next);
    }
    return false;
  }

  private int skipMembers(int at) {
    int next = at + 2;
    for (int count = u2(at); count > 0; count--) {
      next = skipMember(next);
    }
    return next;
  }

  private int skipMember(int at) {
    int next = at + 8;
    for (int count = u2(at + 6); count > 0; count--) {
      next += 6 + (u2(next + 2) << 16 | u2(next + 4));
    }
    return next;
  }

  private String className(int constant) {
    return constant == 0 ? null : utf8(u2(offsets[constant] + 1));
  }

  /** Class files differ from UTF-8 in characters beyond the basic plane only. */
  private String utf8(int constant) {
    int at = offsets[constant];
    return new String(bytes, at + 3, u2(at + 1), StandardCharsets.UTF_8);
  }

  private int u2(int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }
}
