/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.packaging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.bytebuddy.jar.asm.ClassReader;

/**
 * Finds the classes of libraries that something names, beginning with ours.
 *
 * <p>A class is reached if a class that is reached has its name anywhere among its constants: as a
 * type, within a descriptor or signature, or as a string, with dots or slashes, which is how
 * reflection names it. Providers of services are reached. What nobody names nobody can load.
 */
final class Reachable {
  private static final String CLASS = ".class";

  /** Kept whole: ours and what finds its classes by names that it puts together. */
  private static final String[] WHOLE = {"io/", "org/slf4j/"};

  private static final Pattern TYPE = Pattern.compile("L([^;<>\\[()]+)[;<]");
  private static final int UTF8 = 1;

  private final Map<String, byte[]> lib;
  private final Set<String> reached = new HashSet<>();
  private final ArrayDeque<String> open = new ArrayDeque<>();

  private Reachable(Map<String, byte[]> lib) {
    this.lib = lib;
  }

  /** Takes the classes that are not reached out of {@code lib}. */
  static void prune(Map<String, byte[]> lib) {
    Reachable reachable = new Reachable(lib);
    reachable.find();
    lib.keySet().removeIf(name -> name.endsWith(CLASS) && !reachable.reached.contains(name));
  }

  private void find() {
    lib.forEach(
        (name, bytes) -> {
          if (name.startsWith("META-INF/services/")) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            for (String provider : text.split("\\s+")) {
              reach(provider);
            }
          }
          for (String whole : WHOLE) {
            if (name.startsWith(whole) && name.endsWith(CLASS)) {
              reach(name.substring(0, name.length() - CLASS.length()));
            }
          }
        });
    while (!open.isEmpty()) {
      follow(lib.get(open.poll()));
    }
  }

  private void reach(String className) {
    String name = className.replace('.', '/') + CLASS;
    if (lib.containsKey(name) && reached.add(name)) {
      open.add(name);
    }
  }

  private void follow(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    for (int i = 1; i < reader.getItemCount(); i++) {
      int at = reader.getItem(i);
      // The second half of a long or double has no place.
      if (at == 0 || reader.readByte(at - 1) != UTF8) {
        continue;
      }
      int length = reader.readUnsignedShort(at);
      String constant = new String(classFile, at + 2, length, StandardCharsets.UTF_8);
      reach(constant);
      for (Matcher type = TYPE.matcher(constant); type.find(); ) {
        reach(type.group(1));
      }
    }
  }
}
