/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.host;

import io.vitals.agent.extension.AlertSink;
import io.vitals.agent.extension.ChannelType;
import io.vitals.agent.extension.Extension;
import io.vitals.agent.extension.Measurements;
import io.vitals.agent.extension.MetricDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Extensions that do what none should. */
final class Unruly {
  private Unruly() {}

  /** Does as it should. */
  public static final class Good implements Extension {
    @Override
    public String name() {
      return "good";
    }

    @Override
    public List<MetricDefinition> metrics() {
      return Arrays.asList(
          MetricDefinition.gauge("good.share", "1", "A share.", "part"),
          MetricDefinition.counter("good.total", "{thing}", "A total."));
    }

    @Override
    public void measure(Measurements into) {
      into.record("good.share", 0.25, java.util.Collections.singletonMap("part", "a"));
      into.record("good.share", Double.NaN, java.util.Collections.singletonMap("part", "b"));
      into.record("good.total", 7);
    }
  }

  /** Throws whenever it measures. */
  public static final class Throwing implements Extension {
    @Override
    public String name() {
      return "throwing";
    }

    @Override
    public List<MetricDefinition> metrics() {
      return Arrays.asList(MetricDefinition.gauge("throwing.share", "1", "A share."));
    }

    @Override
    public void measure(Measurements into) {
      into.record("throwing.share", 1);
      into.record("throwing.other", 1);
    }
  }

  /** Never comes back from measuring. */
  public static final class Hanging implements Extension {
    @Override
    public String name() {
      return "hanging";
    }

    @Override
    public List<MetricDefinition> metrics() {
      return Arrays.asList(MetricDefinition.gauge("hanging.share", "1", "A share."));
    }

    @Override
    public void measure(Measurements into) throws Exception {
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  /** Takes longer than rules wait. */
  public static final class Slow implements Extension {
    @Override
    public String name() {
      return "slow";
    }

    @Override
    public List<MetricDefinition> metrics() {
      return Arrays.asList(MetricDefinition.gauge("slow.share", "1", "A share."));
    }

    @Override
    public void measure(Measurements into) throws Exception {
      Thread.sleep(300);
      into.record("slow.share", 1);
    }
  }

  /** Gives more series than it may. */
  public static final class Many implements Extension {
    @Override
    public String name() {
      return "many";
    }

    @Override
    public List<MetricDefinition> metrics() {
      return Arrays.asList(MetricDefinition.level("many.things", "{thing}", "Things.", "number"));
    }

    @Override
    public void measure(Measurements into) {
      for (int i = 0; i < 1500; i++) {
        into.record(
            "many.things", i, java.util.Collections.singletonMap("number", Integer.toString(i)));
      }
    }
  }

  /** Cannot be made. */
  public static final class Unmade implements Extension {
    public Unmade() {
      throw new IllegalStateException("no licence\nfound");
    }

    @Override
    public String name() {
      return "unmade";
    }
  }

  /** Takes the name of a metric of the agent's. */
  public static final class Usurper implements Extension {
    @Override
    public String name() {
      return "usurper";
    }

    @Override
    public List<MetricDefinition> metrics() {
      return Arrays.asList(MetricDefinition.gauge("jvm.memory.used", "By", "Mine."));
    }
  }

  /** Has a channel that hangs when it is opened. */
  public static final class Closed implements Extension {
    @Override
    public String name() {
      return "closed";
    }

    @Override
    public List<ChannelType> channels() {
      return Arrays.asList(
          new ChannelType() {
            @Override
            public String type() {
              return "never";
            }

            @Override
            public AlertSink open(Map<String, String> options) {
              try {
                Thread.sleep(Long.MAX_VALUE);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return null;
            }
          });
    }
  }
}
