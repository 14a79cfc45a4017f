/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.net.URI;

/**
 * An HTTP client under contract.
 *
 * @param <R> what the client's library takes for a request
 */
public interface ContractClient<R> {
  /** What the body of a {@code POST} and a {@code PUT} is. */
  String BODY = "nine byte";

  /** The header that each request carries, once with each value. */
  String QUESTION = "X-Question";

  /** The values of {@link #QUESTION}. */
  String[] QUESTIONS = {"first", "second"};

  /** Makes a request that follows redirects and gives up after that many milliseconds. */
  R request(String method, URI url, int timeoutMillis) throws Exception;

  /** Sends the request, reads the whole answer and returns its status. */
  int send(R request) throws Exception;

  /** Sends the request and runs the callback when it is answered, on whichever thread that is. */
  default void send(R request, Callback callback) throws Exception {
    send(request);
    callback.run();
  }

  /** Makes a call that only this client knows; false if it did not do what it should. */
  default boolean own(String name, URI url) throws Exception {
    throw new IllegalArgumentException(name);
  }

  /** What is done once a request is answered. */
  interface Callback {
    /** Runs it. */
    void run() throws Exception;
  }
}
