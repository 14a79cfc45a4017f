/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation;

import io.vitals.instrumentation.client.HttpUrlConnectionHook;
import io.vitals.instrumentation.client.JdkHttpClientHook;
import io.vitals.instrumentation.concurrent.ForkJoinHook;
import io.vitals.instrumentation.concurrent.FutureHook;
import io.vitals.instrumentation.concurrent.ThreadPerTaskHook;
import io.vitals.instrumentation.concurrent.ThreadPoolHook;
import io.vitals.instrumentation.db.JdbcHook;
import io.vitals.instrumentation.method.MethodsHook;
import io.vitals.instrumentation.pool.AgroalHook;
import io.vitals.instrumentation.pool.C3p0Hook;
import io.vitals.instrumentation.pool.DbcpHook;
import io.vitals.instrumentation.pool.DruidHook;
import io.vitals.instrumentation.pool.HikariHook;
import io.vitals.instrumentation.pool.TomcatDbcpHook;
import io.vitals.instrumentation.pool.TomcatJdbcHook;
import io.vitals.instrumentation.pool.ViburHook;
import io.vitals.instrumentation.route.CxfHook;
import io.vitals.instrumentation.route.JerseyHook;
import io.vitals.instrumentation.route.JsfHook;
import io.vitals.instrumentation.route.RestEasyHook;
import io.vitals.instrumentation.route.SpringMvcHook;
import io.vitals.instrumentation.route.StrutsHook;
import io.vitals.instrumentation.server.GrizzlyHook;
import io.vitals.instrumentation.server.JakartaAsyncHook;
import io.vitals.instrumentation.server.JakartaServletHook;
import io.vitals.instrumentation.server.JavaxAsyncHook;
import io.vitals.instrumentation.server.JavaxServletHook;
import io.vitals.instrumentation.server.JdkHttpServerHook;
import io.vitals.instrumentation.server.Jetty9Hook;
import io.vitals.instrumentation.server.JettyHook;
import io.vitals.instrumentation.server.LibertyHook;
import io.vitals.instrumentation.server.TomcatHook;
import io.vitals.instrumentation.server.UndertowHook;
import java.util.Arrays;
import java.util.List;

/** All hooks, in the order of their names; a new library is one file and one line here. */
public final class Hooks {
  private Hooks() {}

  /** Builds every hook; for the packaging, which writes the index from them. */
  public static List<Hook> all() {
    return Arrays.asList(
        new ForkJoinHook(),
        new FutureHook(),
        new JdbcHook(),
        new ThreadPerTaskHook(),
        new ThreadPoolHook(),
        new HttpUrlConnectionHook(),
        new JdkHttpClientHook(),
        new JdkHttpServerHook(),
        new GrizzlyHook(),
        new Jetty9Hook(),
        new JettyHook(),
        new LibertyHook(),
        new MethodsHook(),
        new AgroalHook(),
        new C3p0Hook(),
        new DbcpHook(),
        new DruidHook(),
        new HikariHook(),
        new TomcatDbcpHook(),
        new TomcatJdbcHook(),
        new ViburHook(),
        new CxfHook(),
        new JerseyHook(),
        new RestEasyHook(),
        new SpringMvcHook(),
        new StrutsHook(),
        new JsfHook(),
        new JakartaServletHook(),
        new JakartaAsyncHook(),
        new JavaxServletHook(),
        new JavaxAsyncHook(),
        new TomcatHook(),
        new UndertowHook());
  }
}
