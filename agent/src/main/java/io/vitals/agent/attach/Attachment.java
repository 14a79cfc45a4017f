/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.attach;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reaches other JVMs by the JDK's attach interface, found by reflection: it is a module that a
 * runtime may lack, and on 8 a jar of the JDK.
 */
final class Attachment {
  /** With a process id it fits a line of a terminal. */
  private static final int LONGEST_NAME = 100;

  private final Class<?> virtualMachine;

  Attachment() throws AttachFailure {
    virtualMachine = find();
  }

  private static Class<?> find() throws AttachFailure {
    String name = "com.sun.tools.attach.VirtualMachine";
    try {
      return Class.forName(name, true, ClassLoader.getSystemClassLoader());
    } catch (ClassNotFoundException notInModules) {
      File tools = new File(System.getProperty("java.home"), "../lib/tools.jar");
      try {
        URL[] jar = {tools.getCanonicalFile().toURI().toURL()};
        return Class.forName(name, true, new URLClassLoader(jar));
      } catch (ReflectiveOperationException | IOException missing) {
        throw new AttachFailure(
            "this Java runtime cannot attach: run this command with a JDK (it needs the module"
                + " jdk.attach, or lib/tools.jar on 8)",
            missing);
      }
    }
  }

  /** Process ids and what they run, but for this process. */
  Map<String, String> list() throws AttachFailure {
    Map<String, String> jvms = new TreeMap<>();
    try {
      for (Object each : (List<?>) virtualMachine.getMethod("list").invoke(null)) {
        Class<?> descriptor =
            Class.forName(
                "com.sun.tools.attach.VirtualMachineDescriptor",
                true,
                virtualMachine.getClassLoader());
        String id = (String) descriptor.getMethod("id").invoke(each);
        String name = (String) descriptor.getMethod("displayName").invoke(each);
        if (!name.contains("vitals-agent") || !name.endsWith("list")) {
          jvms.put(id, name.isEmpty() ? "(unknown)" : shortened(name));
        }
      }
      return jvms;
    } catch (ReflectiveOperationException failed) {
      throw new AttachFailure("the JVMs cannot be listed: " + cause(failed), failed);
    }
  }

  /** What a JVM runs may be a class path of kilobytes. */
  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
  }

  /** Loads the agent into another JVM. */
  void attach(String processId, File jar, String options) throws AttachFailure {
    try {
      Object jvm = virtualMachine.getMethod("attach", String.class).invoke(null, processId);
      try {
        Method load = virtualMachine.getMethod("loadAgent", String.class, String.class);
        load.invoke(jvm, jar.getAbsolutePath(), options);
      } catch (InvocationTargetException failed) {
        // What a JDK 9 or later says when a JVM of 8 answers that all went well.
        if (!"0".equals(failed.getCause().getMessage())) {
          throw failed;
        }
      } finally {
        virtualMachine.getMethod("detach").invoke(jvm);
      }
    } catch (ReflectiveOperationException failed) {
      throw new AttachFailure(
          "cannot attach to "
              + processId
              + " ("
              + cause(failed)
              + "): it must be a JVM of this user, on this machine, without"
              + " -XX:+DisableAttachMechanism",
          failed);
    }
  }

  /** Asks the agent that runs in another JVM, and returns its answer. */
  String ask(String processId, File jar, List<String> words) throws AttachFailure {
    try {
      Path reply = Files.createTempFile("vitals-answer", ".json");
      try {
        attach(processId, jar, Question.options(words, reply.toString()));
        String answer = new String(Files.readAllBytes(reply), StandardCharsets.UTF_8);
        if (answer.isEmpty()) {
          throw new AttachFailure(
              "no answer from " + processId + ": it may not write " + reply, null);
        }
        return answer;
      } finally {
        Files.deleteIfExists(reply);
      }
    } catch (IOException failed) {
      throw new AttachFailure("no file for the answer can be made: " + failed, failed);
    }
  }

  private static Throwable cause(ReflectiveOperationException failed) {
    return failed instanceof InvocationTargetException ? failed.getCause() : failed;
  }
}
