/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.ibm.websphere.servlet.request;

import java.util.Enumeration;

/** What is used of Open Liberty's type of this name. */
public interface IRequest {
  String getMethod();

  String getRequestURI();

  String getQueryString();

  String getProtocol();

  String getScheme();

  String getServerName();

  int getServerPort();

  String getRemoteAddr();

  int getRemotePort();

  String getHeader(String name);

  Enumeration<?> getHeaders(String name);
}
