/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** {@link HttpURLConnection} under contract. */
public final class UrlConnectionClient implements ContractClient<HttpURLConnection> {
  private UrlConnectionClient() {}

  public static void main(String[] arguments) throws Exception {
    ClientContract.serve(new UrlConnectionClient());
  }

  @Override
  public HttpURLConnection request(String method, URI url, int timeoutMillis) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout(timeoutMillis);
    connection.setReadTimeout(timeoutMillis);
    for (String question : QUESTIONS) {
      connection.addRequestProperty(QUESTION, question);
    }
    return connection;
  }

  @Override
  public int send(HttpURLConnection connection) throws IOException {
    String method = connection.getRequestMethod();
    if (method.equals("POST") || method.equals("PUT")) {
      write(connection);
    }
    return receive(connection);
  }

  private static int receive(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    drain(status >= 400 ? connection.getErrorStream() : connection.getInputStream());
    return status;
  }

  @Override
  public boolean own(String name, URI url) throws IOException {
    HttpURLConnection connection = request("GET", url, 60_000);
    switch (name) {
      case "output":
        // Makes a POST of a GET.
        return receive(write(connection)) == 200 && connection.getRequestMethod().equals("POST");
      case "stream":
        connection.setChunkedStreamingMode(0);
        return receive(write(connection)) == 200;
      case "twice":
        connection.connect();
        try (InputStream first = connection.getInputStream()) {
          return first == connection.getInputStream();
        }
      case "unread":
        return write(connection).getURL() != null;
      default:
        throw new IllegalArgumentException(name);
    }
  }

  private static HttpURLConnection write(HttpURLConnection connection) throws IOException {
    connection.setDoOutput(true);
    try (OutputStream body = connection.getOutputStream()) {
      body.write(BODY.getBytes(StandardCharsets.US_ASCII));
    }
    return connection;
  }

  private static void drain(InputStream body) throws IOException {
    try (InputStream all = body) {
      while (all != null && all.read() >= 0) {
        continue;
      }
    }
  }
}
