/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.opentelemetry.sdk.metrics.data.MetricData;
import io.vitals.exporter.aggregate.Aggregator;
import io.vitals.exporter.aggregate.Interval;
import io.vitals.exporter.aggregate.Rollup;
import io.vitals.exporter.otlp.MetricSource;
import io.vitals.exporter.rule.Catalogue;
import io.vitals.exporter.rule.Expression;
import io.vitals.exporter.rule.Measures;
import io.vitals.exporter.self.Counters;
import io.vitals.exporter.self.Drop;
import io.vitals.exporter.time.SteadyClock;
import io.vitals.exporter.work.Worker;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates the rules on a thread of its own: takes what came since the last look, works through
 * the groups that are due, and tells the listeners what has changed.
 *
 * <p>Looks at the rules' file every two seconds. A broken one keeps the old rules in force and
 * raises the alert {@value #BROKEN}. Nothing heavy is made before the first look, a tick after the
 * start.
 */
public final class AlertWorker implements Worker, AlertRule.Outlet {
  static final String BROKEN = "AlertRulesBroken";

  private static final long LOOK_AT_FILE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long SHORTEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final SteadyClock clock;
  private final Aggregator aggregator;
  private final Rollup rollup;
  private final Counters counters;
  private final RulesFile file;
  private final Supplier<Readings> readings;

  /** Null where nobody brings any. */
  private final OwnMetrics own;

  private final AlertRule broken;
  private final TransitionCounts transitions = new TransitionCounts();
  private final List<AlertListener> listeners = new ArrayList<>();
  private final List<TroubleListener> troubleListeners = new ArrayList<>();
  private final List<MeasureReader> readers = new ArrayList<>();
  private final List<IntervalListener> intervalListeners = new ArrayList<>();
  private final List<FileListener> fileListeners = new ArrayList<>();
  private final Queue<PersonsWord> words = new ConcurrentLinkedQueue<>();
  private volatile Thread thread;
  private RuleBook book;
  private Measures measures;
  private Readings made;
  private boolean readsGauges;
  private boolean inTrouble;
  private String fault;
  private long fileDueNanos;
  private long dueNanos;
  private long lastEpochNanos;
  private long refusedBefore;
  private volatile AlertBoard board = AlertBoard.EMPTY;

  /** What is only known or made when the first rules are evaluated. */
  public static final class Readings {
    final MetricSource gauges;
    final SortedMap<String, String> service;

    /**
     * Gathers them.
     *
     * @param service the attributes that tell this service from others, alike in all its instances
     */
    public Readings(MetricSource gauges, SortedMap<String, String> service) {
      this.gauges = gauges;
      this.service = service;
    }
  }

  /** Reads the parts of the rules' file that are not rules. */
  public interface FileListener {
    /** Takes a file that has changed; what was taken before stays if it throws. */
    void changed(YamlNode root) throws FileFault;
  }

  /**
   * Makes a worker.
   *
   * @param path the rules' file, or null for the built-in rules alone
   * @param readings made once, on the worker's thread
   * @param own what others measure, or null; asked on the worker's thread only
   */
  public AlertWorker(
      Aggregator aggregator,
      Counters counters,
      String path,
      Supplier<Readings> readings,
      OwnMetrics own,
      SteadyClock clock) {
    this.aggregator = aggregator;
    this.counters = counters;
    this.rollup = aggregator.rollup();
    this.file = path == null ? null : new RulesFile(path);
    this.readings = readings;
    this.own = own;
    this.clock = clock;
    long now = clock.nanoTime();
    // Not at once: an application that starts has better use for its processors.
    this.fileDueNanos = now + LOOK_AT_FILE_NANOS;
    this.dueNanos = now + RuleReader.DEFAULT_INTERVAL_NANOS;
    Rule.Builder rule = new Rule.Builder("vitals", BROKEN);
    rule.severity = Severity.HIGH;
    this.listeners.add(transitions);
    this.broken = new AlertRule(rule.build(), new TreeMap<>());
  }

  /** Is told when the first alert begins to wait or to fire, and when none does any more. */
  public interface TroubleListener {
    /** Takes the change. */
    void inTrouble(boolean now);
  }

  /** Adds somebody who is told of trouble as a whole; before the worker runs. */
  public void add(TroubleListener listener) {
    troubleListeners.add(listener);
  }

  /** Adds somebody who is told of every change; before the worker runs. */
  public void add(AlertListener listener) {
    listeners.add(listener);
  }

  /** Adds somebody who reads what the rules read; before the worker runs. */
  public void add(MeasureReader reader) {
    readers.add(reader);
  }

  /** Adds somebody who is given each interval; before the worker runs. */
  public void add(IntervalListener listener) {
    intervalListeners.add(listener);
  }

  /** Adds somebody who reads the file too; before the worker runs. */
  public void add(FileListener listener) {
    fileListeners.add(listener);
  }

  /** What there is now; for any thread. */
  public AlertBoard board() {
    return board;
  }

  /** Ends an alert at the next look, which is at once, because a person says so; for any thread. */
  public void resolve(String fingerprint, String by, long epochNanos) {
    words.add(new PersonsWord(fingerprint, by, epochNanos));
    LockSupport.unpark(thread);
  }

  TransitionCounts transitions() {
    return transitions;
  }

  @Override
  public String name() {
    return "alerts";
  }

  @Override
  public void begin(Thread thread) {
    this.thread = thread;
  }

  @Override
  public int work() {
    long now = clock.nanoTime();
    if (now - fileDueNanos >= 0) {
      fileDueNanos = now + LOOK_AT_FILE_NANOS;
      if (file != null && file.hasChanged()) {
        load();
      }
    }
    if (now - dueNanos < 0 && words.isEmpty()) {
      return 0;
    }
    evaluate();
    // After a pause of the process the next look is a whole tick away.
    dueNanos = Math.max(dueNanos + book.tickNanos(), now + book.tickNanos() / 2);
    return 1;
  }

  /** Until the next look at the rules' file or at what they read; neither must be late. */
  @Override
  public long longestRestNanos() {
    long now = clock.nanoTime();
    long left = dueNanos - now;
    if (file != null) {
      left = Math.min(left, fileDueNanos - now);
    }
    return Math.max(SHORTEST_REST_NANOS, left);
  }

  @Override
  public void close() {
    for (IntervalListener listener : intervalListeners) {
      listener.ended();
    }
  }

  private void load() {
    try {
      RuleSet rules = file.read(own == null ? Catalogue.builtIn() : own.catalogue());
      for (FileListener listener : fileListeners) {
        listener.changed(rules.root());
      }
      fault = null;
      use(rules);
      if (lastEpochNanos == 0) {
        log().debug("{} alert rules, with those of {}", rules.size(), file);
      } else {
        log().info("{} alert rules, with those of {} as it is now", rules.size(), file);
      }
    } catch (FileFault broke) {
      fault = broke.getMessage();
      log().warn("alert rules of before hold: {}", fault);
      if (book != null) {
        dueNanos = Math.min(dueNanos, clock.nanoTime());
      }
    }
  }

  private void use(RuleSet rules) {
    if (made == null) {
      book = new RuleBook(rules);
    } else {
      book = book.adapt(rules, made.service, lastEpochNanos, this);
      List<Expression> read = expressions(rules);
      measures = measures.adapt(read);
      readsGauges = readsGauges(read);
    }
    dueNanos = Math.min(dueNanos, clock.nanoTime() + book.tickNanos());
  }

  private void evaluate() {
    if (book == null) {
      book = new RuleBook(RuleSet.builtIn());
    }
    if (made == null) {
      if (own != null) {
        own.catalogue();
      }
      made = readings.get();
      book.start(made.service);
      List<Expression> read = expressions(book.rules());
      measures = new Measures(read);
      readsGauges = readsGauges(read);
    }
    Interval interval = aggregator.read(rollup);
    long now = Math.max(interval.endEpochNanos(), lastEpochNanos + 1);
    lastEpochNanos = now;
    measures.add(interval);
    for (IntervalListener listener : intervalListeners) {
      listener.closed(interval);
    }
    Collection<MetricData> gauges = new ArrayList<>();
    if (own != null) {
      // They are exported too, so they are measured whether a rule reads them or not.
      own.measure(now, gauges);
    }
    if (readsGauges) {
      made.gauges.collect(now, gauges);
      measures.add(gauges, now);
    }
    broken.set(fault, now, this);
    counters.dropped(Drop.ALERT_LIMIT, book.evaluate(measures, now, clock::nanoTime, this));
    counters.dropped(Drop.RULE_MEMORY, measures.refused() - refusedBefore);
    refusedBefore = measures.refused();
    for (PersonsWord word = words.poll(); word != null; word = words.poll()) {
      broken.resolve(word, now, this);
      book.resolve(word, now, this);
    }
    for (MeasureReader reader : readers) {
      reader.read(measures, now);
    }
    board = book.board(broken, measures, now);
    if (board.isTrouble() != inTrouble) {
      inTrouble = board.isTrouble();
      for (TroubleListener listener : troubleListeners) {
        listener.inTrouble(inTrouble);
      }
    }
  }

  private List<Expression> expressions(RuleSet rules) {
    List<Expression> all = rules.expressions();
    for (MeasureReader reader : readers) {
      all.addAll(reader.expressions());
    }
    return all;
  }

  private static boolean readsGauges(List<Expression> expressions) {
    for (Expression expression : expressions) {
      if (!expression.metrics().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void say(AlertEvent event) {
    for (AlertListener listener : listeners) {
      listener.changed(event);
    }
  }

  @Override
  public long aheadNanos() {
    return clock.aheadNanos();
  }

  private static Logger log() {
    return LoggerFactory.getLogger(AlertWorker.class);
  }
}
