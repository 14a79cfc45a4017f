/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import io.vitals.agent.host.Extensions;
import io.vitals.agent.log.Loggers;
import io.vitals.agent.notify.Channels;
import io.vitals.agent.notify.Notifier;
import io.vitals.agent.weave.Exclusions;
import io.vitals.agent.weave.HookIndex;
import io.vitals.agent.weave.Transformer;
import io.vitals.agent.weave.WeavingReport;
import io.vitals.bootstrap.Jdbc;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.Settings;
import io.vitals.exporter.Exporter;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.queue.Handoff;
import io.vitals.exporter.self.Counters;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The running agent: what is woven, and what takes the spans.
 *
 * <p>{@link #start} does on the calling thread what must be there before {@code main}; the
 * exporter, the weaving of the JDK's loaded classes and the start-up line follow on a thread of
 * their own, and a third one flushes when the JVM ends.
 */
final class Agent {
  private final Config config;
  private final Instrumentation instrumentation;
  private final long startNanos;
  private final WeavingReport report = new WeavingReport();
  private final Counters counters = new Counters();

  /** Null until the exporter starts. */
  private volatile Channels channels;

  private volatile Exporter exporter;
  private final Handoff handoff = new Handoff(Handoff.DEFAULT_CAPACITY, counters);

  Agent(Config config, Instrumentation instrumentation, long startNanos) {
    this.config = config;
    this.instrumentation = instrumentation;
    this.startNanos = startNanos;
  }

  /** Takes effect; returns when {@code main} may run. */
  void start(boolean late) throws IOException {
    Settings.current = config.bootstrapSettings();
    Jdbc.transactions =
        config.flag("otel.instrumentation.jdbc.experimental.transaction.enabled", false);
    boolean exports = !config.flag("otel.sdk.disabled", false);
    if (exports) {
      Probe.install(handoff);
    }
    HookIndex index = index();
    Transformer transformer = transformer(index);
    instrumentation.addTransformer(transformer, true);
    List<Class<?>> loaded = transformer.loadedBefore(instrumentation);
    boolean now = late || hasApplicationClass(loaded);
    if (now) {
      transformer.weave(instrumentation, loaded);
    }
    long startMillis = (System.nanoTime() - startNanos) / 1_000_000;
    Background background =
        new Background(transformer, now ? Collections.<Class<?>>emptyList() : loaded, exports);
    background.line = new StartUpLine(config, index.size(), startMillis);
    background.setDaemon(true);
    background.start();
    if (exports) {
      Runtime.getRuntime().addShutdownHook(new Ending(background, handoff, startNanos));
    }
  }

  /** What takes the spans; null until it has started, or where nothing is exported. */
  Exporter exporter() {
    return exporter;
  }

  /** What people are told of, or null if there are no channels. */
  Notifier notifier() {
    Channels made = channels;
    return made == null ? null : made.notifier();
  }

  private HookIndex index() throws IOException {
    return HookIndex.read(
        Resources.read("index"),
        new HookIndex.Choices() {
          @Override
          public boolean isOn(List<String> names, boolean byDefault) {
            return config.hookEnabled(names, byDefault);
          }

          @Override
          public Map<String, List<String>> methods(String property) {
            return config.methods(property);
          }
        });
  }

  private Transformer transformer(HookIndex index) {
    List<String> none = Collections.emptyList();
    Exclusions exclusions =
        new Exclusions(
            config.list("otel.javaagent.exclude-classes", none),
            config.list("otel.javaagent.exclude-class-loaders", none));
    return new Transformer(index, exclusions, report);
  }

  /**
   * Whether classes of the application were there before the agent, as with an AOT cache: they may
   * run as soon as {@code main} does, so they are woven before it.
   */
  private static boolean hasApplicationClass(List<Class<?>> loaded) {
    for (Class<?> each : loaded) {
      if (each.getClassLoader() != null) {
        return true;
      }
    }
    return false;
  }

  /** Does what can wait until {@code main} runs. */
  private final class Background extends Thread implements Ending.Starting {
    private final Transformer transformer;
    private final List<Class<?>> loaded;
    private final boolean exports;
    private StartUpLine line;

    Background(Transformer transformer, List<Class<?>> loaded, boolean exports) {
      super("vitals-start");
      this.transformer = transformer;
      this.loaded = loaded;
      this.exports = exports;
    }

    @Override
    public void run() {
      try {
        line.print();
        transformer.weave(instrumentation, loaded);
        if (exports) {
          Loggers.of(Agent.class); // Before there are threads that want one.
          Extensions extensions = new Extensions(config);
          channels = new Channels(extensions);
          exporter =
              Exporter.start(
                  config,
                  handoff,
                  counters,
                  report,
                  channels,
                  extensions.isEmpty() ? null : extensions);
        }
      } catch (Throwable failed) {
        System.err.println("vitals: nothing is exported, the application runs on: " + failed);
      }
    }

    @Override
    public void announce() {
      try {
        line.print();
      } catch (IOException unreadable) {
        System.err.println("vitals: started; its own jar has become unreadable: " + unreadable);
      }
    }

    @Override
    public Exporter await(long timeoutMillis) throws InterruptedException {
      join(timeoutMillis);
      return exporter;
    }
  }
}
