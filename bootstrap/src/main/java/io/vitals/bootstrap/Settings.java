/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/** What woven code needs to know of the configuration; immutable, replaced as a whole. */
public final class Settings {
  private static final String[] NONE = {};

  /** The settings in force. */
  public static volatile Settings current =
      new Settings(Sampler.ALWAYS_ON, Propagation.W3C, PathFilter.NONE, NONE, NONE, NONE, NONE);

  /** Decides which traces are kept. */
  public final Sampler sampler;

  /** Reads and writes trace context. */
  public final Propagation propagation;

  /** Paths of requests whose traces are not kept. */
  public final PathFilter ignoredPaths;

  /** Request headers that server spans show. */
  public final String[] requestHeaders;

  /** Response headers that server spans show. */
  public final String[] responseHeaders;

  /** Request headers that client spans show. */
  public final String[] clientRequestHeaders;

  /** Response headers that client spans show. */
  public final String[] clientResponseHeaders;

  /** Counts the requests being answered, or null if nobody wants to know. */
  public final ActiveRequests activeRequests;

  /** Whether incoming trace context is passed on as it came, and nothing is recorded. */
  public final boolean passThrough;

  /** Makes settings; the arrays are not copied and must not change. */
  public Settings(
      Sampler sampler,
      Propagation propagation,
      PathFilter ignoredPaths,
      String[] requestHeaders,
      String[] responseHeaders,
      String[] clientRequestHeaders,
      String[] clientResponseHeaders) {
    this(
        sampler,
        propagation,
        ignoredPaths,
        requestHeaders,
        responseHeaders,
        clientRequestHeaders,
        clientResponseHeaders,
        null,
        false);
  }

  private Settings(
      Sampler sampler,
      Propagation propagation,
      PathFilter ignoredPaths,
      String[] requestHeaders,
      String[] responseHeaders,
      String[] clientRequestHeaders,
      String[] clientResponseHeaders,
      ActiveRequests activeRequests,
      boolean passThrough) {
    this.activeRequests = activeRequests;
    this.passThrough = passThrough;
    this.sampler = sampler;
    this.propagation = propagation;
    this.ignoredPaths = ignoredPaths;
    this.requestHeaders = requestHeaders;
    this.responseHeaders = responseHeaders;
    this.clientRequestHeaders = clientRequestHeaders;
    this.clientResponseHeaders = clientResponseHeaders;
  }

  /** Settings that only pass incoming trace context on, as {@code otel.sdk.disabled} asks. */
  public static Settings passThrough(Propagation propagation) {
    return new Settings(
        Sampler.ALWAYS_ON, propagation, PathFilter.NONE, NONE, NONE, NONE, NONE, null, true);
  }

  /** The same settings where requests being answered are counted too. */
  public Settings withActiveRequests(ActiveRequests counted) {
    return new Settings(
        sampler,
        propagation,
        ignoredPaths,
        requestHeaders,
        responseHeaders,
        clientRequestHeaders,
        clientResponseHeaders,
        counted,
        passThrough);
  }
}
