/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/**
 * What only a recorded trace shows of a request that this process answers; any field may be null.
 */
public final class ServerDetails {
  /** The path, raw, without the query. */
  public String path;

  /** The query, raw, without its question mark. */
  public String query;

  /** The {@code Host} header, or the authority, with its port if there is one. */
  public String host;

  /** The {@code Forwarded} header. */
  public String forwarded;

  /** The {@code X-Forwarded-For} header. */
  public String forwardedFor;

  /** The {@code X-Forwarded-Proto} header. */
  public String forwardedProto;

  /** The {@code X-Forwarded-Host} header. */
  public String forwardedHost;

  /** The {@code User-Agent} header. */
  public String userAgent;

  /** The address of the peer of the connection. */
  public String peerAddress;

  /** The port of the peer of the connection; 0 if it is unknown. */
  public int peerPort;

  /** Values of the request headers to capture, in the order of {@link Settings#requestHeaders}. */
  public String[] requestHeaders;

  /**
   * Values of the response headers to capture, in the order of {@link Settings#responseHeaders}.
   */
  public String[] responseHeaders;
}
