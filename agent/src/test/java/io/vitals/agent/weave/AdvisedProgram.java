/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import java.io.IOException;

/** Methods of every shape, to be woven. */
@SuppressWarnings({"unused", "FieldMayBeFinal", "ParameterAssignment"})
public class AdvisedProgram extends AbovePrograms {
  private static int count = 3;
  private long taken = 1L << 40;
  private String text;

  public AdvisedProgram() {
    this("none");
  }

  public AdvisedProgram(String text) {
    super();
    this.text = text == null ? "null" : text;
  }

  public String text() {
    return text;
  }

  public long taken() {
    return taken;
  }

  public double mixed(long first, Object second, double third, int fourth) {
    long sum = 0;
    for (int i = 0; i < fourth; i++) {
      sum += first;
      first = -first + i;
      second = i;
    }
    return third + sum;
  }

  public static long fixed(long first, String second) {
    while (second.length() < 5) {
      second += first;
    }
    return second.length();
  }

  public String tried(String number) {
    try {
      return "number " + Integer.parseInt(number);
    } catch (NumberFormatException none) {
      number = "no " + number;
      return number;
    } finally {
      AdvisedMethodTest.SEEN.add("finally " + number);
    }
  }

  public void thrown(String message) throws IOException {
    throw new IOException(message);
  }

  /** Its first instruction is where its loop comes back to. */
  public static int loop(int most) {
    do {
      most -= 2;
    } while (most > 0);
    return most;
  }

  public Object generic(Object value) {
    return value;
  }

  public synchronized void nothing() {}
}
