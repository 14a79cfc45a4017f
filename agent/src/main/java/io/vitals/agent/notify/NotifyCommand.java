/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.agent.host.Extensions;
import io.vitals.agent.host.OwnChannelType;
import io.vitals.agent.log.Loggers;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command {@code notify test FILE [CHANNEL]}: sends one test alert by each channel of an alerts
 * file, once, and says what became of it.
 */
public final class NotifyCommand {
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final Map<String, OwnChannelType> ownTypes;

  NotifyCommand(
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      Map<String, OwnChannelType> ownTypes) {
    this.out = out;
    this.err = err;
    this.environment = environment;
    this.ownTypes = ownTypes;
  }

  /** The command of this process. */
  public static NotifyCommand ofProcess() {
    return new NotifyCommand(
        System.out, System.err, System.getenv(), Extensions.ofProcess().channelTypes());
  }

  /**
   * Runs it.
   *
   * @param file the alerts file
   * @param channel the only channel to be tried, or null for all of them
   * @return whether every test alert was delivered
   */
  public boolean test(File file, String channel) {
    List<Attempt> attempts = new ArrayList<>();
    try {
      for (ChannelSettings each : settings(file).channels.values()) {
        if (channel == null || channel.equals(each.name)) {
          attempts.add(new Attempt(each));
        }
      }
    } catch (FileFault fault) {
      err.println("vitals: " + fault.getMessage());
      return false;
    } catch (IOException unreadable) {
      err.println("vitals: cannot read " + file + ": " + unreadable);
      return false;
    }
    if (attempts.isEmpty()) {
      err.println(
          "vitals: "
              + file
              + (channel == null ? " has no channels" : " has no channel named " + channel));
      return false;
    }
    Loggers.of(NotifyCommand.class); // Before there are threads that want one.
    attempts.forEach(Thread::start);
    boolean all = true;
    for (Attempt attempt : attempts) {
      out.println(attempt.await());
      all &= attempt.sent;
    }
    return all;
  }

  private NotifySettings settings(File file) throws IOException, FileFault {
    return NotifySettings.read(YamlReader.read(file), environment, ownTypes);
  }

  /** One channel's attempt, on a thread that nobody has to wait for. */
  private static final class Attempt extends Thread {
    private final ChannelSettings channel;
    private volatile String outcome;
    private volatile boolean sent;

    Attempt(ChannelSettings channel) {
      super("vitals-notify-" + channel.name);
      this.channel = channel;
      setDaemon(true);
      setContextClassLoader(NotifyCommand.class.getClassLoader());
    }

    @Override
    public void run() {
      ServiceIdentity service = new ServiceIdentity("notify-test", "command-line");
      long now = System.currentTimeMillis() * 1_000_000L;
      try {
        channel.sender.send(TestAlert.notification(service, now));
        sent = true;
        outcome = "sent";
      } catch (SendFailure failure) {
        outcome = "failed, " + failure.reason.text() + ": " + failure.getMessage();
      } catch (RuntimeException | LinkageError fault) {
        // Only its class: a message might quote the request.
        outcome = "failed, internal: " + fault.getClass().getName();
      }
    }

    String await() {
      try {
        // Connecting, TLS and the answer have a timeout each.
        join(3 * TimeUnit.NANOSECONDS.toMillis(channel.timeoutNanos) + 1000);
      } catch (InterruptedException e) {
        interrupt();
      }
      String said = outcome == null ? "failed, timeout: no end of the answer" : outcome;
      return channel.name + " (" + channel.type + " to " + channel.sender.peer() + "): " + said;
    }
  }
}
