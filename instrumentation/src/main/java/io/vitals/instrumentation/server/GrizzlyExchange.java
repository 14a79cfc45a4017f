/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Settings;
import org.glassfish.grizzly.http.server.AfterServiceListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** The headers of a request of Grizzly and its server span, which ends when all is answered. */
final class GrizzlyExchange implements Headers, AfterServiceListener {
  ServerSpan span;
  private final Request request;

  GrizzlyExchange(Request request) {
    this.request = request;
  }

  @Override
  public void onAfterService(Request answered) {
    try {
      GrizzlyRequests.forget(answered);
      end(answered.getResponse());
    } catch (Throwable failed) {
      Probe.failure(failed, "grizzly");
    }
  }

  private void end(Response response) {
    ServerSpan ending = span;
    if (ending == null) {
      return;
    }
    ending.status(response.getStatus());
    if (ending.details != null) {
      ending.details.responseHeaders = captured(response, Settings.current.responseHeaders);
    }
    Probe.end(Current.get(), ending, null);
  }

  private static String[] captured(Response response, String[] names) {
    if (names.length == 0) {
      return null;
    }
    String[] values = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      String[] found = response.getHeaderValues(names[i]);
      values[i] = found == null || found.length == 0 ? null : String.join("\n", found);
    }
    return values;
  }

  @Override
  public String first(String name) {
    return request.getHeader(name);
  }

  @Override
  public String all(String name) {
    StringBuilder values = null;
    for (String value : request.getHeaders(name)) {
      values = values == null ? new StringBuilder() : values.append('\n');
      values.append(value);
    }
    return values == null ? null : values.toString();
  }
}
