/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Reports the bytes and the CPU time that the benchmark's own threads spend an operation.
 *
 * <p>JMH's {@code gc.alloc.rate.norm} counts the agent's threads too, and its time is a wall
 * clock's, which a shared machine stretches; the budgets are about the application's threads.
 */
public final class WorkerCost implements InternalProfiler {
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long bytesBefore;
  private long nanosBefore;

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    bytesBefore = sum(true);
    nanosBefore = sum(false);
  }

  @Override
  public Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double bytes = sum(true) - bytesBefore;
    double nanos = sum(false) - nanosBefore;
    long operations = Math.max(1, result.getMetadata().getAllOps());
    return Arrays.asList(
        new ScalarResult("worker.bytes", bytes / operations, "B/op", AggregationPolicy.AVG),
        new ScalarResult("worker.cpu", nanos / operations, "ns/op", AggregationPolicy.AVG));
  }

  private long sum(boolean bytes) {
    long sum = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().contains("jmh-worker")) {
        long id = thread.getId();
        sum += bytes ? threads.getThreadAllocatedBytes(id) : threads.getThreadCpuTime(id);
      }
    }
    return sum;
  }

  @Override
  public String getDescription() {
    return "Bytes and CPU time of the benchmark's threads";
  }
}
