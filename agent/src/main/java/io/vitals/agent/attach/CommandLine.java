/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.attach;

import io.vitals.agent.Resources;
import io.vitals.agent.notify.NotifyCommand;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The command line of the jar: shows usage, lists JVMs, attaches to one, tries channels. */
public final class CommandLine {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private CommandLine() {}

  /**
   * Runs a command.
   *
   * @return the exit code: 0 done, 1 failed, 2 misused
   */
  public static int run(String[] arguments, File jar) throws IOException {
    String command = arguments.length == 0 ? "help" : arguments[0];
    switch (command) {
      case "help":
      case "-h":
      case "--help":
        System.out.println(usage(jar));
        return OK;
      case "version":
      case "--version":
        System.out.println("vitals-agent " + version());
        return OK;
      case "list":
        return list();
      case "attach":
        return attach(arguments, jar);
      case "notify":
        return notify(arguments);
      case "rules":
        return rules(arguments);
      case "health":
      case "alerts":
        return ask(arguments, jar);
      default:
        System.err.println("vitals: unknown command '" + command + "'\n\n" + usage(jar));
        return MISUSED;
    }
  }

  private static String version() throws IOException {
    return new String(Resources.read("version"), StandardCharsets.UTF_8).trim();
  }

  private static String usage(File jar) throws IOException {
    String name = jar.getName();
    return "vitals-agent "
        + version()
        + "\n\n"
        + "Start an application with it:\n"
        + "  java -javaagent:"
        + name
        + "[=key=value;...] -jar application.jar\n\n"
        + "Commands:\n"
        + "  java -jar "
        + name
        + " list                    the JVMs of this user on this machine\n"
        + "  java -jar "
        + name
        + " attach PID [key=value;...]  into a running JVM\n"
        + "  java -jar "
        + name
        + " rules check FILE        what is wrong with an alerts file\n"
        + "  java -jar "
        + name
        + " rules test FILE         try rules on written series\n"
        + "  java -jar "
        + name
        + " notify test FILE [CHANNEL]  a test alert by each channel of an alerts file\n"
        + "  java -jar "
        + name
        + " health PID              how a JVM with the agent is doing, as JSON; 1 if unhealthy\n"
        + "  java -jar "
        + name
        + " alerts PID [ack|resolve FINGERPRINT NAME]  its alerts, as JSON\n"
        + "  java -jar "
        + name
        + " version\n\n"
        + "Properties, as -D, as agent option, or as environment variable:\n"
        + "  otel.service.name              name of the service (default: found out)\n"
        + "  otel.exporter.otlp.endpoint    where to send (default: http://localhost:4318)\n"
        + "  otel.traces.sampler            which traces are kept (default: parentbased_always_on)\n"
        + "  vitals.alerts.file             alert rules, objectives and channels (YAML)\n"
        + "  vitals.extensions              jars with metrics and channels of one's own\n"
        + "  vitals.config.file             a properties file with any of these\n"
        + "  vitals.enabled=false           nothing is touched\n";
  }

  private static int rules(String[] arguments) {
    if (arguments.length != 3 || !arguments[1].matches("check|test")) {
      System.err.println("vitals: rules takes 'check' or 'test', and a file");
      return MISUSED;
    }
    RulesCommand command = new RulesCommand(System.out, System.err);
    File file = new File(arguments[2]);
    return (arguments[1].equals("check") ? command.check(file) : command.test(file)) ? OK : FAILED;
  }

  /** Asks a JVM in which the agent runs. */
  private static int ask(String[] arguments, File jar) throws IOException {
    boolean known =
        arguments[0].equals("health")
            ? arguments.length == 2
            : arguments.length == 2 || arguments.length == 5 && arguments[2].matches("ack|resolve");
    if (!known || !arguments[1].matches("\\d+")) {
      System.err.println(
          "vitals: "
              + arguments[0]
              + " takes the process id of a JVM; alerts perhaps"
              + " 'ack' or 'resolve', a fingerprint and a name");
      return MISUSED;
    }
    try {
      String answer = new Attachment().ask(arguments[1], jar, Question.of(arguments));
      System.out.println(answer);
      return answer.startsWith("{\"error\"") || answer.contains("\"status\":\"unhealthy\"")
          ? FAILED
          : OK;
    } catch (AttachFailure failure) {
      System.err.println("vitals: " + failure.getMessage());
      return FAILED;
    }
  }

  private static int notify(String[] arguments) {
    if (arguments.length < 3 || arguments.length > 4 || !arguments[1].equals("test")) {
      System.err.println("vitals: notify takes 'test', an alerts file and perhaps a channel");
      return MISUSED;
    }
    String channel = arguments.length == 4 ? arguments[3] : null;
    return NotifyCommand.ofProcess().test(new File(arguments[2]), channel) ? OK : FAILED;
  }

  private static int list() {
    try {
      for (Map.Entry<String, String> jvm : new Attachment().list().entrySet()) {
        System.out.println(jvm.getKey() + "  " + jvm.getValue());
      }
      return OK;
    } catch (AttachFailure failure) {
      System.err.println("vitals: " + failure.getMessage());
      return FAILED;
    }
  }

  private static int attach(String[] arguments, File jar) {
    if (arguments.length < 2 || !arguments[1].matches("\\d+")) {
      System.err.println("vitals: attach takes the process id of a JVM; 'list' shows them");
      return MISUSED;
    }
    StringBuilder options = new StringBuilder();
    for (int i = 2; i < arguments.length; i++) {
      options.append(i == 2 ? "" : ";").append(arguments[i]);
    }
    try {
      new Attachment().attach(arguments[1], jar, options.toString());
      System.out.println("vitals: attached to " + arguments[1]);
      return OK;
    } catch (AttachFailure failure) {
      System.err.println("vitals: " + failure.getMessage());
      return FAILED;
    }
  }
}
