/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.http;

import io.opentelemetry.sdk.common.export.HttpResponse;

/** What came back. */
final class PlainResponse implements HttpResponse {
  private final int status;
  private final String reason;
  private final byte[] body;
  private final long retryAfterNanos;

  PlainResponse(int status, String reason, byte[] body, long retryAfterNanos) {
    this.status = status;
    this.reason = reason;
    this.body = body;
    this.retryAfterNanos = retryAfterNanos;
  }

  /** Whether OTLP says to try again. */
  boolean mayComeBack() {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  /** How long the backend asks to be left alone, or -1. */
  long retryAfterNanos() {
    return retryAfterNanos;
  }

  @Override
  public int getStatusCode() {
    return status;
  }

  @Override
  public String getStatusMessage() {
    return reason;
  }

  @Override
  public byte[] getResponseBody() {
    return body;
  }
}
