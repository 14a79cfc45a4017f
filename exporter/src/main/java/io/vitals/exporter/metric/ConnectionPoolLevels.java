/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.metric;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.bootstrap.ConnectionPools;
import io.vitals.bootstrap.OpenPool;
import io.vitals.bootstrap.PoolState;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.Instrument;
import io.vitals.exporter.otlp.MetricSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives the {@code db.client.connection.*} metrics of the pools that are open; pools of one name
 * are added up.
 *
 * <p>Confined to one thread. What a pool does not say is left out, and so is a pool that is closed
 * or throws.
 */
public final class ConnectionPoolLevels implements MetricSource {
  private static final AttributeKey<String> POOL = stringKey("db.client.connection.pool.name");
  private static final AttributeKey<String> STATE = stringKey("db.client.connection.state");
  private static final String CONNECTION = "{connection}";

  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final ExportForm form;
  private final long startEpochNanos;
  private final List<Instrument> instruments = new ArrayList<>();
  private final Instrument count;
  private final Instrument idleMin;
  private final Instrument idleMax;
  private final Instrument max;
  private final Instrument pending;
  private final Instrument timeouts;
  private final PoolNames names = new PoolNames();
  private final PoolState state = new PoolState();

  /** Makes the source of what the pools say. */
  public ConnectionPoolLevels(
      Resource resource, InstrumentationScopeInfo scope, ExportForm form, long startEpochNanos) {
    this.resource = resource;
    this.scope = scope;
    this.form = form;
    this.startEpochNanos = startEpochNanos;
    this.count =
        level(
            "count",
            CONNECTION,
            "The number of connections that are currently in state described by the state"
                + " attribute.");
    this.idleMin =
        level("idle.min", CONNECTION, "The minimum number of idle open connections allowed.");
    this.idleMax =
        level("idle.max", CONNECTION, "The maximum number of idle open connections allowed.");
    this.max = level("max", CONNECTION, "The maximum number of open connections allowed.");
    this.pending =
        level(
            "pending_requests",
            "{request}",
            "The number of current pending requests for an open connection.");
    this.timeouts =
        instrument(
            InstrumentType.OBSERVABLE_COUNTER,
            "timeouts",
            "{timeout}",
            "The number of connection timeouts that have occurred trying to obtain a connection from"
                + " the pool.");
  }

  private Instrument level(String name, String unit, String description) {
    return instrument(InstrumentType.OBSERVABLE_UP_DOWN_COUNTER, name, unit, description);
  }

  private Instrument instrument(InstrumentType type, String name, String unit, String description) {
    Instrument made =
        new Instrument(
            type, "db.client.connection." + name, unit, description, form, startEpochNanos);
    instruments.add(made);
    return made;
  }

  @Override
  public void collect(long nowEpochNanos, Collection<MetricData> into) {
    for (Map.Entry<String, PoolState> pool : byName().entrySet()) {
      Attributes attributes = Attributes.of(POOL, pool.getKey());
      PoolState of = pool.getValue();
      put(count, nowEpochNanos, attributes.toBuilder().put(STATE, "used").build(), of.used);
      put(count, nowEpochNanos, attributes.toBuilder().put(STATE, "idle").build(), of.idle);
      put(idleMin, nowEpochNanos, attributes, of.idleMin);
      put(idleMax, nowEpochNanos, attributes, of.idleMax);
      put(max, nowEpochNanos, attributes, of.max);
      put(pending, nowEpochNanos, attributes, of.pending);
    }
    for (Map.Entry<String, AtomicLong> pool : ConnectionPools.timeouts().entrySet()) {
      Attributes attributes = Attributes.of(POOL, PoolNames.cut(pool.getKey()));
      timeouts.put(nowEpochNanos, attributes, pool.getValue().get());
    }
    for (Instrument instrument : instruments) {
      instrument.flushInto(into, resource, scope, nowEpochNanos);
    }
  }

  private Map<String, PoolState> byName() {
    Map<String, PoolState> pools = new TreeMap<>();
    for (OpenPool<?> pool : ConnectionPools.open()) {
      if (pool.read(state)) {
        add(state, pools.computeIfAbsent(names.of(pool), name -> new PoolState()));
      }
    }
    return pools;
  }

  private static void add(PoolState state, PoolState to) {
    to.used = sum(to.used, state.used);
    to.idle = sum(to.idle, state.idle);
    to.idleMin = sum(to.idleMin, state.idleMin);
    to.idleMax = sum(to.idleMax, state.idleMax);
    to.max = sum(to.max, state.max);
    to.pending = sum(to.pending, state.pending);
  }

  private static int sum(int known, int more) {
    if (more < 0) {
      return known;
    }
    return known < 0 ? more : (int) Math.min(Integer.MAX_VALUE, (long) known + more);
  }

  private static void put(Instrument to, long nowEpochNanos, Attributes attributes, int value) {
    if (value >= 0) {
      to.put(nowEpochNanos, attributes, value);
    }
  }
}
