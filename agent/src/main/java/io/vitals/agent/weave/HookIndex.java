/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The index of all hooks that the packaging writes, so that no hook is touched before one of its
 * types is loaded.
 *
 * <p>Text, a fact a line: {@code hook CLASS default|off NAMES...}; then of that hook {@code type
 * NAME}, {@code below NAME METHOD...}, {@code except PACKAGE/...}, {@code instead HELPER...},
 * {@code named PROPERTY} where the configuration names more; {@code extends NAME SUPER} for the
 * JDK's own types below those. Names of types are internal ones; a method is its name and how its
 * descriptor begins.
 */
public final class HookIndex {
  /** A hook as the index knows it. */
  static final class Entry {
    final String hookClass;
    final boolean onByDefault;
    final List<String> names;
    final Map<String, String[]> below = new HashMap<>(4);
    private String[] exceptions = {};

    /** Helpers of other hooks; where one is defined, types below are left as they are. */
    String[] stoodInFor = {};

    /** Methods that the configuration names, by their type. */
    Map<String, List<String>> named = Collections.emptyMap();

    Entry(String hookClass, boolean onByDefault, List<String> names) {
      this.hookClass = hookClass;
      this.onByDefault = onByDefault;
      this.names = names;
    }

    String name() {
      return names.get(0);
    }

    /** Whether a class is left as it is, although it is below a type. */
    boolean excepts(String internalName) {
      return startsWithOneOf(internalName, exceptions);
    }
  }

  /** What the configuration says about hooks. */
  public interface Choices {
    /** Whether the hook with these names is on. */
    boolean isOn(List<String> names, boolean byDefault);

    /** The methods that the value of a property names, by their type; empty if it is not set. */
    Map<String, List<String>> methods(String property);
  }

  /** The bridge runs on these: a probe inside one would call itself. */
  private static final String[] BELOW_THE_BRIDGE = {
    "java/lang/", "java/util/concurrent/atomic/", "java/util/concurrent/ThreadLocalRandom",
  };

  private static final Entry[] NONE = {};

  final List<Entry> entries = new ArrayList<>();
  private final Map<String, Entry[]> byType = new HashMap<>();
  private final Map<String, String> jdkSupertypes = new HashMap<>();
  private final List<Entry> scanning = new ArrayList<>();
  private byte[][] sought = {};
  private long soughtLengths;

  /** Reads the index and forgets the hooks that are off. */
  public static HookIndex read(byte[] text, Choices choices) throws IOException {
    HookIndex index = new HookIndex();
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.ISO_8859_1));
    Entry entry = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = split(line);
      if (words[0].equals("hook")) {
        entry = index.hook(words, choices);
      } else if (words[0].equals("extends")) {
        index.jdkSupertypes.put(words[1], words[2]);
      } else if (entry != null && words[0].equals("type")) {
        index.add(words[1], entry);
      } else if (entry != null && words[0].equals("below")) {
        index.below(entry, words[1], Arrays.copyOfRange(words, 2, words.length));
      } else if (entry != null && words[0].equals("except")) {
        entry.exceptions = Arrays.copyOfRange(words, 1, words.length);
      } else if (entry != null && words[0].equals("instead")) {
        entry.stoodInFor = Arrays.copyOfRange(words, 1, words.length);
      } else if (entry != null && words[0].equals("named")) {
        index.named(entry, choices.methods(words[1]));
      }
    }
    return index;
  }

  private static String[] split(String line) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int space = line.indexOf(' '); space >= 0; space = line.indexOf(' ', from)) {
      words.add(line.substring(from, space));
      from = space + 1;
    }
    words.add(line.substring(from));
    return words.toArray(new String[0]);
  }

  private Entry hook(String[] words, Choices choices) {
    List<String> names = Arrays.asList(words).subList(3, words.length);
    boolean byDefault = words[2].equals("default");
    if (!choices.isOn(names, byDefault)) {
      return null;
    }
    Entry entry = new Entry(words[1], byDefault, names);
    entries.add(entry);
    return entry;
  }

  private void add(String type, Entry entry) {
    Entry[] before = byType.get(type);
    Entry[] after = before == null ? new Entry[1] : Arrays.copyOf(before, before.length + 1);
    after[after.length - 1] = entry;
    byType.put(type, after);
  }

  /** Adds what the configuration names; without any of it the hook is off. */
  private void named(Entry entry, Map<String, List<String>> methodsByType) {
    if (methodsByType.isEmpty()) {
      entries.remove(entry);
      return;
    }
    entry.named = methodsByType;
    for (Map.Entry<String, List<String>> named : methodsByType.entrySet()) {
      String type = named.getKey().replace('.', '/');
      if (!startsWithOneOf(type, BELOW_THE_BRIDGE)) {
        add(type, entry);
      }
      List<String> methods = new ArrayList<>();
      for (String method : named.getValue()) {
        // Every class has a constructor: its name would find all of them.
        if (!method.equals("<init>")) {
          methods.add(method.concat("("));
        }
      }
      if (!methods.isEmpty()) {
        below(entry, type, methods.toArray(new String[0]));
      }
    }
  }

  private static boolean startsWithOneOf(String name, String[] prefixes) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private void below(Entry entry, String type, String[] methods) {
    entry.below.put(type, methods);
    if (!scanning.contains(entry)) {
      scanning.add(entry);
    }
    int known = sought.length;
    sought = Arrays.copyOf(sought, known + methods.length);
    for (int i = 0; i < methods.length; i++) {
      sought[known + i] = rarest(methods[i]).getBytes(StandardCharsets.UTF_8);
      soughtLengths |= ClassFile.lengthBit(sought[known + i].length);
    }
  }

  /**
   * What a class file must hold that declares the method: its name, or its descriptor if that is
   * whole and begins with a type of a library, which few others name.
   */
  private static String rarest(String method) {
    int descriptor = method.indexOf('(');
    boolean rare =
        method.startsWith("(L", descriptor)
            && !method.startsWith("(Ljava/", descriptor)
            && method.indexOf(')') > 0;
    return rare ? method.substring(descriptor) : method.substring(0, descriptor);
  }

  /** How many hooks are on. */
  public int size() {
    return entries.size();
  }

  /** The hooks that weave the type with this internal name. */
  Entry[] ofType(String internalName) {
    Entry[] found = byType.get(internalName);
    return found == null ? NONE : found;
  }

  /** The hooks that weave types below others. */
  List<Entry> scanning() {
    return scanning;
  }

  /** The supertype of a JDK type that itself is below an indexed one, or null. */
  String jdkSupertype(String internalName) {
    return jdkSupertypes.get(internalName);
  }

  /** Whether a class file mentions a method that a hook below types looks for. */
  boolean mayBeBelow(byte[] classFile) {
    return ClassFile.mentions(classFile, sought, soughtLengths);
  }
}
