/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Settings;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;

/**
 * Sees what Jetty 12 sends in answer to a request, and ends its span when all is sent.
 *
 * <p>The status is noted here and told to the span at its end only: the answer may go out on
 * another thread than the one that still writes to the span.
 */
final class JettyStream extends HttpStream.Wrapper {
  ServerSpan span;
  private int status;
  private String[] headers;

  JettyStream(HttpStream wrapped) {
    super(wrapped);
  }

  @Override
  public void send(
      MetaData.Request request,
      MetaData.Response response,
      boolean last,
      ByteBuffer content,
      Callback callback) {
    // What comes before it, such as 100 and 103, is no answer.
    if (response != null && (response.getStatus() >= 200 || response.getStatus() == 101)) {
      try {
        answered(response);
      } catch (Throwable failed) {
        Probe.failure(failed, "jetty");
      }
    }
    super.send(request, response, last, content, callback);
  }

  private void answered(MetaData.Response response) {
    status = response.getStatus();
    String[] names = Settings.current.responseHeaders;
    if (span != null && span.details != null && names.length > 0) {
      HttpFields fields = response.getHttpFields();
      headers = new String[names.length];
      for (int i = 0; i < names.length; i++) {
        headers[i] = JettyRequest.all(fields, names[i]);
      }
    }
  }

  @Override
  public void succeeded() {
    end(null);
    super.succeeded();
  }

  @Override
  public void failed(Throwable failure) {
    end(failure);
    super.failed(failure);
  }

  private void end(Throwable failure) {
    ServerSpan ending = span;
    if (ending == null) {
      return;
    }
    try {
      ending.status(status);
      if (ending.details != null) {
        ending.details.responseHeaders = headers;
      }
      Probe.end(Current.get(), ending, ending.error == null ? failure : null);
    } catch (Throwable failed) {
      Probe.failure(failed, "jetty");
    }
  }
}
