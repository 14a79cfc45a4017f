/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import io.vitals.agent.log.LogLevel;
import io.vitals.agent.weave.Exclusions;
import io.vitals.agent.weave.HookIndex;
import io.vitals.agent.weave.Transformer;
import io.vitals.agent.weave.WeavingReport;
import io.vitals.exporter.config.Config;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.List;

/**
 * Starts the agent: what has to be done before {@code main} on the calling thread, the rest on one
 * of ours.
 */
public final class Starter {
  private Starter() {}

  /**
   * Starts the agent; called once by the door.
   *
   * @param late whether the JVM was running already
   */
  public static void start(
      String arguments,
      final Instrumentation instrumentation,
      File jar,
      long startNanos,
      boolean late)
      throws Exception {
    Config config = Config.read(arguments);
    if (!config.enabled()) {
      return;
    }
    String level = config.string("vitals.log.level", "info");
    if (!LogLevel.set(level)) {
      config.problem("vitals.log.level", "trace, debug, info, warn or error", "info");
    }
    Bridge.define(instrumentation);
    final Transformer transformer = Attached.to(config, instrumentation);
    Thread rest =
        new Thread("vitals-start") {
          @Override
          public void run() {
            transformer.warmUp();
            transformer.weaveLoaded(instrumentation);
          }
        };
    rest.setDaemon(true);
    rest.start();
    for (String problem : config.problems()) {
      System.err.println("vitals: " + problem);
    }
    System.err.println(
        "vitals: started in " + (System.nanoTime() - startNanos) / 1_000_000 + " ms");
  }

  /** What names classes of the bridge, and therefore is loaded after that was defined. */
  private static final class Attached {
    static Transformer to(final Config config, Instrumentation instrumentation) throws Exception {
      io.vitals.bootstrap.Settings.current = config.bootstrapSettings();
      io.vitals.bootstrap.Probe.install(new PrintSink());
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
      Transformer transformer =
          new Transformer(
              index,
              new Exclusions(
                  config.list("otel.javaagent.exclude-classes", none),
                  config.list("otel.javaagent.exclude-class-loaders", none)),
              new WeavingReport());
      instrumentation.addTransformer(transformer, instrumentation.isRetransformClassesSupported());
      return transformer;
    }
  }
}
