/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A command line of a JVM to be forked: which JDK, which agent, which flags.
 *
 * <p>Nothing of the environment that would configure an agent is inherited.
 */
final class Jvm {
  /** The packaged agent. */
  static final Path AGENT =
      Path.of(System.getProperty("vitals.agent.jar", "../agent/target/vitals-agent.jar"))
          .toAbsolutePath()
          .normalize();

  /** Where programs leave what a container unpacks or writes; a clean build takes it away. */
  private static final Path TEMPORARY = Path.of("target", "tmp").toAbsolutePath();

  private final Jdk jdk;
  private final List<String> flags = new ArrayList<>();
  private final List<String> agents = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> launcher = new ArrayList<>();
  private List<Path> classPath;
  private boolean asInProduction;

  private Jvm(Jdk jdk) {
    this.jdk = jdk;
  }

  static Jvm of(Jdk jdk) {
    return new Jvm(jdk);
  }

  /** A JVM of the JDK that runs this. */
  static Jvm running() {
    return of(Jdk.running());
  }

  /** A JVM of the matrix. */
  static Jvm version(int version) {
    return of(Jdk.version(version));
  }

  int version() {
    return jdk.version();
  }

  /** Attaches the agent. */
  Jvm agent() {
    return javaAgent(AGENT.toString());
  }

  /** Attaches the agent with options, {@code key=value;...}. */
  Jvm agent(String options) {
    return javaAgent(AGENT + "=" + options);
  }

  /** Attaches any agent. */
  Jvm javaAgent(String jarAndOptions) {
    agents.add("-javaagent:" + jarAndOptions);
    return this;
  }

  /** Sends everything to the receiver, with short intervals. */
  Jvm exportingTo(OtlpReceiver receiver) {
    return exportingTo(receiver.endpoint(), "http/protobuf");
  }

  /** Sends everything to the endpoint, with short intervals. */
  Jvm exportingTo(String endpoint, String protocol) {
    return property("otel.exporter.otlp.endpoint", endpoint)
        .property("otel.exporter.otlp.protocol", protocol)
        .property("otel.service.name", "shop")
        .property("otel.bsp.schedule.delay", "200")
        .property("otel.metric.export.interval", "1000");
  }

  Jvm property(String name, String value) {
    return flag("-D" + name + "=" + value);
  }

  Jvm flag(String flag) {
    flags.add(flag);
    return this;
  }

  /**
   * Leaves it the JVM's second compiler, for tests that measure, or that are about the JVM itself.
   * Without it a program that runs for seconds costs the machine half as much.
   */
  Jvm asInProduction() {
    asInProduction = true;
    return this;
  }

  /** Opens to Tomcat what its own start script opens; on 11 it draws warnings otherwise. */
  Jvm opensForTomcat() {
    if (version() > 8) {
      for (String part :
          new String[] {
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.rmi/sun.rmi.transport"
          }) {
        flag("--add-opens=" + part + "=ALL-UNNAMED");
      }
    }
    return this;
  }

  /** Lets a library use {@code sun.misc.Unsafe} without the JVM's own warning of it. */
  Jvm allowsUnsafe() {
    if (version() >= 24) {
      flag("--sun-misc-unsafe-memory-access=allow");
    }
    return this;
  }

  Jvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /**
   * Starts it through another program, which is given the whole command line behind these words.
   */
  Jvm launcher(String... words) {
    launcher.addAll(List.of(words));
    return this;
  }

  /** Replaces the program's own class path. */
  Jvm classPath(List<Path> classPath) {
    this.classPath = classPath;
    return this;
  }

  /** Starts one of the programs. */
  ForkedJvm start(Program program, String... arguments) {
    if (classPath == null) {
      classPath = program.classPath();
    }
    return startMain(program.mainClass(), arguments);
  }

  /** Starts {@code -jar} with that jar. */
  ForkedJvm startJar(Path jar, String... arguments) {
    List<String> command = command();
    command.add("-jar");
    command.add(jar.toString());
    return fork(command, arguments);
  }

  /** Starts the main class of a named module; every jar of the path may be one. */
  ForkedJvm startModule(List<Path> modulePath, String mainInModule, String... arguments) {
    List<String> command = command();
    command.add("-p");
    command.add(joined(modulePath));
    command.add("-m");
    command.add(mainInModule);
    return fork(command, arguments);
  }

  /** Starts a tool of the JDK; flags and agents reach it through the environment alone. */
  ForkedJvm startTool(String tool, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(jdk.tool(tool));
    return fork(command, arguments);
  }

  private static String joined(List<Path> jars) {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** Starts a class of the class path given. */
  ForkedJvm startMain(String mainClass, String... arguments) {
    List<String> command = command();
    command.add("-classpath");
    command.add(joined(classPath));
    command.add(mainClass);
    return fork(command, arguments);
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(launcher);
    command.add(jdk.tool("java"));
    // Many small JVMs on few processors: none may take what the machine has.
    command.add("-Xmx256m");
    command.add("-XX:+UseSerialGC");
    command.add("-Djava.io.tmpdir=" + TEMPORARY);
    if (!asInProduction) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(agents);
    command.addAll(flags);
    return command;
  }

  private ForkedJvm fork(List<String> command, String... arguments) {
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> inherited = builder.environment();
    inherited
        .keySet()
        .removeIf(
            name ->
                name.startsWith("OTEL_")
                    || name.startsWith("VITALS_")
                    || name.equals("JAVA_TOOL_OPTIONS")
                    || name.equals("JDK_JAVA_OPTIONS")
                    || name.equals("_JAVA_OPTIONS"));
    inherited.putAll(environment);
    try {
      Files.createDirectories(TEMPORARY);
      long startMillis = System.currentTimeMillis();
      return new ForkedJvm(builder.start(), command, startMillis);
    } catch (IOException e) {
      throw new IllegalStateException("does not start: " + command, e);
    }
  }
}
