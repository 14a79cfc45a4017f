/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.resource;

import io.vitals.exporter.config.Secrets;
import java.util.ArrayList;
import java.util.List;

/** Makes a command line fit to be shown: values of options named like a secret are masked. */
final class CommandArguments {
  /** A class path of hundreds of jars is the longest argument seen; its tail says little. */
  private static final int LONGEST = 4096;

  /** More are generated lists of files. */
  private static final int MOST = 512;

  private static final String MASK = "***";

  private CommandArguments() {}

  static List<String> masked(List<String> arguments) {
    List<String> shown = new ArrayList<>();
    for (String argument : arguments) {
      if (shown.size() == MOST) {
        break;
      }
      String masked = masked(argument);
      shown.add(masked.length() > LONGEST ? masked.substring(0, LONGEST) : masked);
    }
    return shown;
  }

  private static String masked(String argument) {
    int equals = argument.indexOf('=');
    if (equals < 0) {
      return argument;
    }
    if (argument.startsWith("-javaagent:")) {
      return argument.substring(0, equals + 1) + maskedPairs(argument.substring(equals + 1));
    }
    return argument.startsWith("-") && Secrets.isSecret(argument.substring(0, equals))
        ? argument.substring(0, equals + 1) + MASK
        : argument;
  }

  /** Of {@code k=v;k=v} or {@code k=v,k=v}, masks from the first secret name to the next ';'. */
  private static String maskedPairs(String pairs) {
    StringBuilder shown = new StringBuilder();
    for (String pair : pairs.split(";", -1)) {
      int equals = pair.indexOf('=');
      shown.append(shown.length() == 0 ? "" : ";");
      shown.append(
          equals >= 0 && Secrets.isSecret(pair) ? pair.substring(0, equals + 1) + MASK : pair);
    }
    return shown.toString();
  }
}
