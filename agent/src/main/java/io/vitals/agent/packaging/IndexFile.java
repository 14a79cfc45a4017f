/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.packaging;

import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Hooks;
import io.vitals.instrumentation.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the index of all hooks; {@link io.vitals.agent.weave.HookIndex} says its form. */
final class IndexFile {
  /** Every class has a constructor, and many can be closed: these would find nearly all classes. */
  private static final List<String> EVERYBODYS = Arrays.asList("<init>", "close");

  private IndexFile() {}

  static byte[] write() throws IOException {
    StringBuilder text = new StringBuilder();
    Set<Class<?>> below = new java.util.LinkedHashSet<>();
    for (Hook hook : Hooks.all()) {
      text.append("hook ")
          .append(hook.getClass().getName())
          .append(hook.enabledByDefault() ? " default " : " off ")
          .append(String.join(" ", hook.names()))
          .append('\n');
      for (Target target : hook.targets()) {
        text.append(target.below() ? "below " : "type ").append(internal(target.typeName()));
        if (target.below()) {
          if (target.typeName().startsWith("java.")) {
            below.add(load(target.typeName()));
          }
          methodsThatTell(target).forEach(method -> text.append(' ').append(method));
        }
        text.append('\n');
      }
      if (!hook.exceptions().isEmpty()) {
        text.append("except");
        hook.exceptions().forEach(name -> text.append(' ').append(internal(name)).append('/'));
        text.append('\n');
      }
      if (!hook.stoodInFor().isEmpty()) {
        text.append("instead ").append(String.join(" ", hook.stoodInFor())).append('\n');
      }
      if (hook.property() != null) {
        text.append("named ").append(hook.property()).append('\n');
      }
    }
    for (Class<?> type : below) {
      appendJdkSubtypes(type, text);
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  static Set<String> methodsThatTell(Target target) {
    Set<String> methods = new TreeSet<>();
    if (target.foundBy() != null) {
      methods.add(target.foundBy());
      return methods;
    }
    target.advised().stream()
        .filter(each -> !EVERYBODYS.contains(each.method()))
        .forEach(each -> methods.add(each.method() + each.descriptor()));
    if (methods.isEmpty()) {
      throw new IllegalStateException(
          "no type below "
              + target.typeName()
              + " would be found: "
              + EVERYBODYS
              + " tell nothing; advise another method, or name one with foundBy");
    }
    return methods;
  }

  private static void appendJdkSubtypes(Class<?> type, StringBuilder text) throws IOException {
    Path folder =
        FileSystems.getFileSystem(URI.create("jrt:/"))
            .getPath("modules/java.sql", internal(type.getPackage().getName()));
    List<String> names;
    try (Stream<Path> files = Files.list(folder)) {
      names =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".class"))
              .map(file -> type.getPackage().getName() + "." + file.replace(".class", ""))
              .sorted()
              .collect(Collectors.toList());
    }
    for (String name : names) {
      for (Class<?> implemented : load(name).getInterfaces()) {
        if (implemented == type) {
          text.append("extends ").append(internal(name)).append(' ');
          text.append(internal(type.getName())).append('\n');
        }
      }
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException unknown) {
      try {
        return Class.forName(name, false, ClassLoader.getSystemClassLoader());
      } catch (ClassNotFoundException stillUnknown) {
        throw new IllegalStateException(
            name + " is not on the packaging's class path; typesBelow() takes types of the JDK");
      }
    }
  }

  private static String internal(String name) {
    return name.replace('.', '/');
  }
}
