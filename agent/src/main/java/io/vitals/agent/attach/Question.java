/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.attach;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** What the command line asks an agent that runs in another JVM; passed as its options. */
public final class Question {
  private static final String PREFIX = "vitals.question=";

  /** The words of the command: {@code health}, {@code alerts}, {@code ack} and so on. */
  public final List<String> words;

  /** The file that the answer is written to; it is there already, and empty. */
  public final String replyFile;

  private Question(List<String> words, String replyFile) {
    this.words = Collections.unmodifiableList(words);
    this.replyFile = replyFile;
  }

  /** The question of a command line, without the process id. */
  static List<String> of(String[] arguments) {
    List<String> words = new ArrayList<>();
    words.add(arguments[0]);
    for (int i = 2; i < arguments.length; i++) {
      words.add(arguments[i]);
    }
    return words;
  }

  static String options(List<String> words, String replyFile) {
    StringBuilder options = new StringBuilder(PREFIX).append(encoded(replyFile));
    for (String word : words) {
      options.append(',').append(encoded(word));
    }
    return options.toString();
  }

  /** The question in an agent's options, or null if they are options. */
  public static Question read(String options) {
    if (options == null || !options.startsWith(PREFIX)) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    for (String part : options.substring(PREFIX.length()).split(",", -1)) {
      parts.add(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }
    return new Question(parts.subList(1, parts.size()), parts.get(0));
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
