/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.inmemory;

import io.vitals.instrumentation.server.ShopWork;
import io.vitals.instrumentation.server.SocketlessTomcat;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One request of a shop, all in memory: through Tomcat's pipeline to a servlet that executes a
 * statement on a driver that does nothing and calls another service over sockets that answer at
 * once. Three spans where there is an agent.
 *
 * <p>The comparison runs it under each agent in turn, at 2,000 requests and 6,000 spans a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"--add-opens=java.base/java.net=ALL-UNNAMED"})
public class RequestBenchmark extends Bursts {
  /** Names the header that the outgoing call has to carry; empty where no agent may be seen. */
  public static final String CARRIED = "benchmark.carried";

  /** The header in which agents pass a trace on. */
  public static final String TRACE_PARENT = "traceparent";

  private SocketlessTomcat tomcat;
  private QuickSockets sockets;
  private URL stock;
  private final Floor floor = Floor.ifMeasured(3);

  /** Warms up without a rest: what is measured is compiled code. */
  public RequestBenchmark() {
    super(100, false);
  }

  @Setup
  public void start() throws Exception {
    QuickSockets.install();
    stock = new URL("http://stock.example.com/items/17");
    ShopWork statement = new ShopWork(1);
    tomcat =
        new SocketlessTomcat(
            request -> {
              statement.accept(request);
              call(request);
            });
    sockets = QuickSockets.ofThisThread();
  }

  private void call(HttpServletRequest request) {
    try (InputStream answer = answer()) {
      if (answer.read() != 'o' || answer.read() != 'k' || answer.read() != -1) {
        throw new IllegalStateException("not the answer to " + request.getRequestURI());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InputStream answer() throws IOException {
    URLConnection call = stock.openConnection();
    if (floor != null) {
      floor.carry(call);
    }
    return call.getInputStream();
  }

  /** Fails unless the agent has passed its trace on, so that none that did nothing is reported. */
  @TearDown
  public void stop() throws Exception {
    tomcat.close();
    String expected = System.getProperty(CARRIED);
    String sent = sockets.lastRequest().toLowerCase(Locale.ROOT);
    if (expected != null && sent.contains(TRACE_PARENT + ":") == expected.isEmpty()) {
      throw new IllegalStateException("expected \"" + expected + "\" in\n" + sent);
    }
  }

  @Benchmark
  public long request() throws Exception {
    long answered = tomcat.serve();
    return floor == null ? answered : answered + floor.pay();
  }
}
