/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/** A request that this process sends. */
public final class ClientSpan extends Span {
  /** The method. */
  public String method;

  /**
   * The target: a {@link String}, {@link java.net.URI} or {@link java.net.URL}, read when drained.
   */
  public Object url;

  /** How often this request was sent before; 0 for the first time. */
  public int resend;

  /** Values of the request headers to capture, or null. */
  public String[] requestHeaders;

  /** Values of the response headers to capture, or null. */
  public String[] responseHeaders;
}
