/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import static io.vitals.exporter.span.Key.number;
import static io.vitals.exporter.span.Key.text;

/** Attribute keys of the stable semantic conventions 1.44.0. */
final class Keys {
  static final Key<String> METHOD = text("http.request.method");
  static final Key<String> METHOD_ORIGINAL = text("http.request.method_original");
  static final Key<Long> STATUS_CODE = number("http.response.status_code");
  static final Key<String> ROUTE = text("http.route");
  static final Key<Long> RESEND_COUNT = number("http.request.resend_count");
  static final Key<String> URL_PATH = text("url.path");
  static final Key<String> URL_QUERY = text("url.query");
  static final Key<String> URL_SCHEME = text("url.scheme");
  static final Key<String> URL_FULL = text("url.full");
  static final Key<String> SERVER_ADDRESS = text("server.address");
  static final Key<Long> SERVER_PORT = number("server.port");
  static final Key<String> CLIENT_ADDRESS = text("client.address");
  static final Key<String> PEER_ADDRESS = text("network.peer.address");
  static final Key<Long> PEER_PORT = number("network.peer.port");
  static final Key<String> PROTOCOL_VERSION = text("network.protocol.version");
  static final Key<String> USER_AGENT = text("user_agent.original");
  static final Key<String> ERROR_TYPE = text("error.type");
  static final Key<String> PEER_SERVICE = text("peer.service");
  static final Key<String> DB_SYSTEM = text("db.system.name");
  static final Key<String> DB_NAMESPACE = text("db.namespace");
  static final Key<String> DB_TEXT = text("db.query.text");
  static final Key<String> DB_SUMMARY = text("db.query.summary");
  static final Key<String> DB_OPERATION = text("db.operation.name");
  static final Key<String> DB_COLLECTION = text("db.collection.name");
  static final Key<String> DB_PROCEDURE = text("db.stored_procedure.name");
  static final Key<Long> DB_BATCH_SIZE = number("db.operation.batch.size");
  static final Key<String> DB_RESPONSE_CODE = text("db.response.status_code");
  static final Key<String> CODE_FUNCTION = text("code.function.name");
  static final Key<String> EXCEPTION_TYPE = text("exception.type");
  static final Key<String> EXCEPTION_MESSAGE = text("exception.message");
  static final Key<String> EXCEPTION_STACKTRACE = text("exception.stacktrace");

  /** Ours: how many spans of a long trace are not shown. */
  static final Key<Long> LEFT_OUT = number("vitals.spans.left_out");

  private Keys() {}
}
