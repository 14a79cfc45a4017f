/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import io.vitals.agent.weave.Exclusions;
import io.vitals.agent.weave.HookIndex;
import io.vitals.agent.weave.Transformer;
import io.vitals.agent.weave.WeavingReport;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.Settings;
import io.vitals.exporter.config.Config;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.List;

/** The running agent: what is woven, and what takes the spans. */
final class Agent {
  private final Config config;
  private final Instrumentation instrumentation;
  private final long startNanos;
  private final WeavingReport report = new WeavingReport();

  Agent(Config config, Instrumentation instrumentation, long startNanos) {
    this.config = config;
    this.instrumentation = instrumentation;
    this.startNanos = startNanos;
  }

  /** Takes effect; returns when {@code main} may run. */
  void start(boolean late) throws IOException {
    Settings.current = config.bootstrapSettings();
    Probe.install(new PrintSink());
    Transformer transformer = transformer();
    instrumentation.addTransformer(transformer, true);
    List<Class<?>> loaded = transformer.loadedBefore(instrumentation);
    boolean now = late || hasApplicationClass(loaded);
    if (now) {
      transformer.weave(instrumentation, loaded);
    }
    startRest(transformer, now ? Collections.<Class<?>>emptyList() : loaded);
    for (String problem : config.problems()) {
      System.err.println("vitals: " + problem);
    }
    System.err.println(
        "vitals: started in " + (System.nanoTime() - startNanos) / 1_000_000 + " ms");
  }

  private Transformer transformer() throws IOException {
    HookIndex index =
        HookIndex.read(
            Resources.read("index"),
            new HookIndex.Switches() {
              @Override
              public boolean isOn(List<String> names, boolean byDefault) {
                return config.hookEnabled(names, byDefault);
              }
            });
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

  private void startRest(final Transformer transformer, final List<Class<?>> loaded) {
    Thread rest =
        new Thread("vitals-start") {
          @Override
          public void run() {
            transformer.warmUp();
            transformer.weave(instrumentation, loaded);
          }
        };
    rest.setDaemon(true);
    rest.start();
  }
}
