/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.agent.extension.AlertSink;
import io.vitals.agent.extension.RejectedException;
import io.vitals.agent.host.OwnChannelType;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends by a channel that an extension brings. */
final class OwnSender implements Sender {
  private final AlertSink sink;
  private final OwnChannelType type;

  /** The values that no message may show. */
  private final List<Secret> secrets;

  /** The thread that sends, to be interrupted; guarded by this. */
  private Thread sending;

  private volatile boolean cancelled;

  private OwnSender(AlertSink sink, OwnChannelType type, List<Secret> secrets) {
    this.sink = sink;
    this.type = type;
    this.secrets = secrets;
  }

  /** Gives the channel's own fields to the extension, secrets by their plain names. */
  static OwnSender read(YamlNode node, OwnChannelType type, Map<String, String> environment)
      throws FileFault {
    Map<String, String> options = new LinkedHashMap<>();
    List<Secret> secrets = new ArrayList<>();
    for (Map.Entry<String, YamlNode> field : node.fields().entrySet()) {
      String name = field.getKey();
      if (Arrays.asList(ChannelSettings.COMMON).contains(name) || field.getValue().isNull()) {
        continue;
      }
      String suffix = name.endsWith("_env") ? "_env" : name.endsWith("_file") ? "_file" : "";
      String plain = name.substring(0, name.length() - suffix.length());
      Secret value = Secret.of(field.getValue(), suffix, environment);
      try {
        if (options.put(plain, value.get()) != null) {
          throw field.getValue().fault(name + " beside another " + plain, "one of them");
        }
      } catch (IOException e) {
        throw field.getValue().fault("no readable file", "a file that holds the value");
      }
      if (!suffix.isEmpty()) {
        secrets.add(value);
      }
    }
    try {
      return new OwnSender(type.open(options), type, secrets);
    } catch (Exception refused) {
      throw node.fault(
          "options that extension " + type.extension + " does not take",
          "what it asks for: " + new OwnSender(null, type, secrets).said(refused));
    }
  }

  /** What it says, in one line and without secrets. */
  private String said(Throwable thrown) {
    String message;
    try {
      message = thrown.getMessage();
    } catch (RuntimeException | LinkageError fromItsMessage) {
      message = null;
    }
    String text = message == null ? thrown.getClass().getName() : message;
    for (Secret secret : secrets) {
      text = secret.scrub(text);
    }
    return new SendFailure(Reason.INTERNAL, text).getMessage();
  }

  @Override
  public void send(Notification notification) throws SendFailure {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    cancelled = false;
    synchronized (this) {
      sending = thread;
    }
    try {
      thread.setContextClassLoader(type.loader());
      sink.send(new OwnNotification(notification));
    } catch (RejectedException rejected) {
      throw new SendFailure(Reason.REJECTED, said(rejected));
    } catch (IOException failed) {
      boolean isLate =
          cancelled
              || failed instanceof InterruptedIOException
              || failed instanceof ClosedByInterruptException;
      throw new SendFailure(isLate ? Reason.TIMEOUT : Reason.UNREACHABLE, said(failed));
    } catch (Throwable fault) {
      String what = fault.getClass().getName() + ": " + said(fault);
      throw new SendFailure(cancelled ? Reason.TIMEOUT : Reason.INTERNAL, what);
    } finally {
      synchronized (this) {
        sending = null;
        // It was for this notification, not for the next one.
        Thread.interrupted();
      }
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public synchronized void cancel() {
    if (sending != null) {
      cancelled = true;
      sending.interrupt();
    }
  }

  @Override
  public String peer() {
    return "extension " + type.extension;
  }
}
