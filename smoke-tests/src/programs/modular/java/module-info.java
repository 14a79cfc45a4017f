/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Programs of a named module; what a runtime may lack is optional. */
module modular {
  requires static java.net.http;
  requires static java.sql;
  requires static jdk.httpserver;
}
