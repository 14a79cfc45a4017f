/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Builds the agent's jar out of the class path of this program: the door as plain classes,
 * everything else renamed where it has to be and put into one entry.
 *
 * <p>Run by the build, never shipped. Arguments: the jar to write, the version.
 */
public final class Packager {
  private static final List<String> DOOR =
      Arrays.asList(
          "io/vitals/agent/VitalsAgent", "io/vitals/agent/AgentLoader", "io/vitals/agent/Library");

  /** What the agent never loads; each prefix keeps its bytes out of the jar. */
  private static final List<String> LEFT_OUT =
      Arrays.asList(
          "io/vitals/agent/packaging/",
          // For Java compilers and annotation processors.
          "org/intellij/",
          "org/jetbrains/",
          "javax/annotation/",
          "kotlin/coroutines/jvm/internal/SpillingKt");

  /** All that is used of Byte Buddy, but for the annotations, which are read as text. */
  private static final String ASM = "net/bytebuddy/jar/asm/";

  /** What the mail library reads of its own at its start, and warns of if it is not there. */
  private static final List<String> MAIL_FILES =
      Arrays.asList(
          "META-INF/jakarta.default.address.map",
          "META-INF/jakarta.address.map",
          "META-INF/jakarta.charset.map",
          "META-INF/jakarta.providers");

  private Packager() {}

  /** Writes the jar. */
  public static void main(String[] arguments) throws IOException {
    File jar = new File(arguments[0]);
    TreeMap<String, byte[]> lib = new TreeMap<>();
    TreeMap<String, byte[]> door = new TreeMap<>();
    TreeMap<String, byte[]> bridge = new TreeMap<>();
    Licences licences = new Licences();
    Services services = new Services();
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Paths.get(element);
      new ClassPathElement(path)
          .forEach(
              (name, bytes) -> {
                if (licences.take(path, name, bytes) || services.take(name, bytes)) {
                  return;
                }
                sort(name, bytes, lib, door, bridge);
              });
    }
    services.addTo(lib);
    Reachable.prune(lib);
    lib.put("bridge", BridgeFile.write(bridge));
    lib.put("index", IndexFile.write());
    lib.put("version", arguments[1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
    for (String standIn : Renaming.loggingClasses()) {
      if (!lib.containsKey(standIn + ".class")) {
        throw new IllegalStateException("a library names what has no stand-in: " + standIn);
      }
    }
    TreeMap<String, byte[]> entries = new TreeMap<>(door);
    licences.addTo(entries);
    AgentJar.write(jar, arguments[1], entries, LibraryFile.write(lib));
  }

  private static void sort(
      String name,
      byte[] bytes,
      TreeMap<String, byte[]> lib,
      TreeMap<String, byte[]> door,
      TreeMap<String, byte[]> bridge) {
    if ((name.startsWith("META-INF/") && !MAIL_FILES.contains(name))
        || name.endsWith("module-info.class")
        || name.endsWith(".kotlin_builtins")
        || LEFT_OUT.stream().anyMatch(name::startsWith)
        || (name.startsWith("net/bytebuddy/") && !name.startsWith(ASM))) {
      return;
    }
    if (!name.endsWith(".class")) {
      lib.putIfAbsent(name, bytes);
      return;
    }
    String internalName = name.substring(0, name.length() - ".class".length());
    byte[] renamed = Renaming.apply(bytes);
    if (internalName.startsWith(Renaming.BOOTSTRAP)) {
      if (!internalName.endsWith("package-info")) {
        bridge.put(Renaming.rename(internalName), renamed);
      }
    } else if (DOOR.contains(outermost(internalName))) {
      door.put(name, bytes);
    } else if (!internalName.endsWith("package-info")) {
      lib.putIfAbsent(internalName + ".class", renamed);
    }
  }

  private static String outermost(String internalName) {
    int dollar = internalName.indexOf('$');
    return dollar < 0 ? internalName : internalName.substring(0, dollar);
  }
}
