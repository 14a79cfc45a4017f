/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.ibm.websphere.servlet.response;

import java.util.Enumeration;

/** What is used of Open Liberty's type of this name. */
public interface IResponse {
  Enumeration<?> getHeaders(String name);
}
