/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.agent.host.OwnChannelType;
import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.alert.AlertListener;
import io.vitals.exporter.time.SteadyClock;
import io.vitals.exporter.work.Worker;
import io.vitals.exporter.work.WorkerThread;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * Tells people of alerts: decides who is to be told what and when, and hands it to the channels.
 *
 * <p>Expects what {@link AlertListener} promises: every transition, and a repeat at least now and
 * then while an alert fires; an alert whose rule is gone has to be said to be inactive. Pending
 * alerts are nobody's business yet.
 *
 * <p>{@link #changed} never waits. {@link #work} is a step of a worker that never does I/O; the
 * channels have threads of their own. The other methods may be called on any thread and take a lock
 * that is held for microseconds.
 */
public final class Notifier implements AlertListener, Worker {
  /** The fields of the alerts file that are read here; others are left alone. */
  public static final List<String> FIELDS =
      Collections.unmodifiableList(
          Arrays.asList(
              "channels",
              "silences",
              "maintenance",
              "inhibit",
              "group_by",
              "group_wait",
              "group_interval"));

  /** Events between two steps; an evaluation of 1,000 rules fits four times. */
  private static final int MOST_EVENTS = 4096;

  /** Alerts that fire at once; more than people can look at, 2 MB of events. */
  static final int MOST_ALERTS = 1000;

  /** As long as Prometheus shows what has ended. */
  private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(15);

  /** A step over all groups costs microseconds each; five a second are soon enough for people. */
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final MpscAtomicArrayQueue<AlertEvent> events = new MpscAtomicArrayQueue<>(MOST_EVENTS);
  private final Counts counts = new Counts();
  private final ServiceIdentity service;

  /** What everything that waits is reckoned by; it goes on evenly. */
  private final LongSupplier clock;

  /** What people read, and what silences and maintenance windows are written in. */
  private final LongSupplier wallClock;

  private final Map<String, String> environment;
  private final Map<String, OwnChannelType> ownTypes;

  /** Whether channels get threads; tests do their work themselves. */
  private final boolean threads;

  private final Map<String, TrackedAlert> alerts = new LinkedHashMap<>();
  private final Map<String, Feed> feeds = new LinkedHashMap<>();

  /** What became of channels that are not in the file any more. */
  private final Map<String, Counts> gone = new LinkedHashMap<>();

  private NotifySettings settings;
  private long steppedNanos;
  private boolean acted;
  private volatile WorkerThread thread;

  Notifier(
      YamlNode root,
      ServiceIdentity service,
      LongSupplier clock,
      LongSupplier wallClock,
      Map<String, String> environment,
      Map<String, OwnChannelType> ownTypes,
      boolean threads)
      throws FileFault {
    this.service = service;
    this.clock = clock;
    this.wallClock = wallClock;
    this.environment = environment;
    this.ownTypes = ownTypes;
    this.threads = threads;
    reload(root);
  }

  /**
   * Reads {@link #FIELDS} of the alerts file. Nothing is sent before {@link #start}.
   *
   * @param ownTypes the types of channels that extensions bring
   * @throws FileFault if one of them cannot be used; says where and why, and nothing secret
   */
  public static Notifier of(
      YamlNode root, ServiceIdentity service, Map<String, OwnChannelType> ownTypes)
      throws FileFault {
    return new Notifier(
        root,
        service,
        new SteadyClock()::now,
        () -> System.currentTimeMillis() * 1_000_000L,
        System.getenv(),
        ownTypes,
        true);
  }

  /** Starts the thread that does {@link #work}; without it somebody else has to. */
  public synchronized void start() {
    if (thread == null) {
      thread = WorkerThread.start(this);
    }
  }

  /**
   * Goes on with what the file says now. What channels were told before is remembered by their
   * names.
   *
   * @throws FileFault if the file cannot be used; then everything stays as it was
   */
  public synchronized void reload(YamlNode root) throws FileFault {
    NotifySettings next = NotifySettings.read(root, environment, ownTypes);
    long now = clock.getAsLong();
    settings = next;
    Map<String, Feed> old = new LinkedHashMap<>(feeds);
    feeds.clear();
    for (ChannelSettings channel : next.channels.values()) {
      Feed feed = old.get(channel.name);
      if (feed != null && feed.channel.settings().type.equals(channel.type)) {
        feed.configure(next, channel, now);
        old.remove(channel.name);
      } else {
        Counts before = feed == null ? gone.remove(channel.name) : feed.channel.counts;
        feed = feed(channel, before == null ? new Counts() : before);
      }
      feeds.put(channel.name, feed);
      for (TrackedAlert alert : alerts.values()) {
        feed.changed(alert, now);
      }
    }
    old.forEach(
        (name, feed) -> {
          feed.channel.abandon();
          if (!feeds.containsKey(name)) {
            gone.put(name, feed.channel.counts);
          }
        });
    while (gone.size() > NotifySettings.MOST_CHANNELS) {
      gone.remove(gone.keySet().iterator().next());
    }
    acted = true;
  }

  private Feed feed(ChannelSettings channelSettings, Counts before) {
    Channel channel = new Channel(channelSettings, clock, before);
    return channelSettings.type.equals(SenderReader.ALERTMANAGER)
        ? new SteadyFeed(channel, service)
        : new GroupedFeed(channel, service, settings);
  }

  @Override
  public void changed(AlertEvent event) {
    if (!events.offer(event)) {
      counts.lost(Reason.QUEUE_FULL);
    }
    WorkerThread running = thread;
    if (running != null) {
      LockSupport.unpark(running.thread());
    }
  }

  @Override
  public String name() {
    return "notify";
  }

  @Override
  public long longestRestNanos() {
    return STEP_NANOS;
  }

  @Override
  public synchronized int work() {
    long now = clock.getAsLong();
    int taken = 0;
    for (AlertEvent event = events.poll(); event != null; event = events.poll()) {
      take(event, now);
      taken++;
    }
    long since = now - steppedNanos;
    if (taken > 0 || acted || since >= STEP_NANOS || since < 0) {
      acted = false;
      steppedNanos = now;
      step(now);
    }
    return taken;
  }

  private void take(AlertEvent event, long now) {
    TrackedAlert alert = alerts.get(event.fingerprint);
    if (alert == null) {
      if (!event.state.isFiring()) {
        return;
      }
      if (alerts.size() >= MOST_ALERTS && !forgetOneThatEnded()) {
        counts.lost(Reason.TOO_MANY_ALERTS);
        return;
      }
      alert = new TrackedAlert(event, service);
      alerts.put(event.fingerprint, alert);
    } else if (event.state.isFiring() || alert.event.state.isFiring()) {
      alert.update(event, now);
    }
    changed(alert, now);
  }

  /** Makes room for what fires now. */
  private boolean forgetOneThatEnded() {
    for (TrackedAlert alert : alerts.values()) {
      if (!alert.event.state.isFiring() && isSettled(alert)) {
        alerts.remove(alert.fingerprint);
        return true;
      }
    }
    return false;
  }

  /** Whether no channel has anything left to say of it. */
  private boolean isSettled(TrackedAlert alert) {
    return feeds.values().stream().noneMatch(feed -> feed.holds(alert));
  }

  private void changed(TrackedAlert alert, long now) {
    for (Feed feed : feeds.values()) {
      feed.changed(alert, now);
    }
  }

  private void step(long now) {
    Mutes mutes = new Mutes(settings, alerts.values(), wallClock.getAsLong());
    List<TrackedAlert> unanswered = new ArrayList<>();
    for (Feed feed : feeds.values()) {
      String next = feed.channel.settings().escalateTo;
      if (next != null) {
        unanswered.clear();
        feed.addUnanswered(unanswered, now, mutes);
        for (TrackedAlert alert : unanswered) {
          feeds.get(next).escalate(alert, now);
        }
      }
    }
    for (Feed feed : feeds.values()) {
      feed.work(now, mutes);
      if (threads) {
        feed.channel.tend(now);
      }
    }
    alerts
        .values()
        .removeIf(
            alert ->
                !alert.event.state.isFiring()
                    && now - alert.endedNanos > KEPT_NANOS
                    && isSettled(alert));
  }

  /**
   * Says that a person has taken an alert on: it is neither repeated nor escalated any more.
   *
   * @param when nanoseconds since the epoch
   * @return false if no such alert is firing
   */
  public synchronized boolean acknowledge(String fingerprint, String by, long when) {
    TrackedAlert alert = alerts.get(fingerprint);
    if (alert == null || !alert.isFiring()) {
      return false;
    }
    alert.acknowledgedBy = by;
    alert.acknowledgedEpochNanos = when;
    for (Feed feed : feeds.values()) {
      feed.acknowledged(alert, wallClock.getAsLong());
    }
    acted = true;
    return true;
  }

  /**
   * Says that a person declares an alert resolved: channels are told so, and nothing more is said
   * of it until it has ended and fires anew.
   *
   * @param when nanoseconds since the epoch
   * @return false if no such alert is firing
   */
  public synchronized boolean resolve(String fingerprint, String by, long when) {
    TrackedAlert alert = alerts.get(fingerprint);
    if (alert == null || !alert.isFiring()) {
      return false;
    }
    alert.resolvedBy = by;
    alert.resolvedEpochNanos = when;
    alert.endedNanos = clock.getAsLong();
    changed(alert, clock.getAsLong());
    acted = true;
    return true;
  }

  /** The alerts that fire, and those that ended in the last minutes; the oldest first. */
  public synchronized List<OpenAlert> alerts() {
    Mutes mutes = new Mutes(settings, alerts.values(), wallClock.getAsLong());
    List<OpenAlert> all = new ArrayList<>();
    for (TrackedAlert alert : alerts.values()) {
      List<String> told = new ArrayList<>();
      feeds.forEach(
          (name, feed) -> {
            if (feed.hasToldOf(alert)) {
              told.add(name);
            }
          });
      all.add(new OpenAlert(alert, alert.isFiring() ? mutes.nameOf(alert) : null, told));
    }
    return all;
  }

  /** What became of all notifications so far, by channel. */
  public synchronized List<ChannelCount> counts() {
    List<ChannelCount> all = new ArrayList<>();
    for (Reason reason : new Reason[] {Reason.QUEUE_FULL, Reason.TOO_MANY_ALERTS}) {
      if (counts.lostFor(reason) > 0) {
        all.add(new ChannelCount("", reason.outcome, reason.text(), counts.lostFor(reason)));
      }
    }
    feeds.forEach((name, feed) -> feed.channel.counts.addTo(all, name));
    gone.forEach((name, count) -> count.addTo(all, name));
    return all;
  }

  synchronized Channel channel(String name) {
    return feeds.get(name).channel;
  }

  /**
   * Sends what is still to be said, without waiting for groups to fill, and ends all threads.
   *
   * @return whether everything was delivered in time; what was not is counted
   */
  public boolean close(long timeout, TimeUnit unit) {
    long start = System.nanoTime();
    long bound = unit.toNanos(timeout);
    WorkerThread running;
    synchronized (this) {
      running = thread;
      thread = null;
    }
    if (running != null) {
      running.stop(timeout, unit);
    }
    work();
    synchronized (this) {
      feeds.values().forEach(feed -> feed.hurry(clock.getAsLong()));
      step(clock.getAsLong());
    }
    while (!isIdle() && System.nanoTime() - start < bound) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      synchronized (this) {
        step(clock.getAsLong());
      }
    }
    boolean all = isIdle();
    synchronized (this) {
      feeds.values().forEach(feed -> feed.channel.abandon());
    }
    return all;
  }

  private synchronized boolean isIdle() {
    return feeds.values().stream().allMatch(feed -> feed.channel.isIdle());
  }
}
