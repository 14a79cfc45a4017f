/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** The pages of the HTTP contract on Jetty 12 without servlets. */
public final class JettyHandlersContract {
  private JettyHandlersContract() {}

  public static void main(String[] arguments) throws Exception {
    try (ContractPages pages = new ContractPages()) {
      Server server = JettyContract.server();
      server.setHandler(new Pages(pages));
      JettyContract.serve(server);
    }
  }

  /** Answers at once, or from a thread of its own. */
  private static final class Pages extends Handler.Abstract {
    private final ContractPages pages;

    Pages(ContractPages pages) {
      this.pages = pages;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String path = Request.getPathInContext(request);
      if (path.equals("/async")) {
        pages.elsewhere(
            () -> {
              try {
                answer("/call", request, response, callback);
              } catch (Exception failed) {
                callback.failed(failed);
              }
            });
        return true;
      }
      if (path.equals("/nothing")) {
        return false;
      }
      answer(path, request, response, callback);
      return true;
    }

    private void answer(String path, Request request, Response response, Callback callback)
        throws Exception {
      ContractPages.Answer answer;
      try (InputStream body = Request.asInputStream(request)) {
        answer = pages.serve(path, body);
      }
      response.setStatus(answer.status);
      for (String value : ContractPages.Answer.X_ANSWER) {
        response.getHeaders().add("X-Answer", value);
      }
      if (answer.status == 302) {
        response.getHeaders().put("Location", "/plain");
      }
      byte[] text = answer.body.getBytes(StandardCharsets.UTF_8);
      response.write(true, ByteBuffer.wrap(text), callback);
    }
  }
}
