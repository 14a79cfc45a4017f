/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.ibm.wsspi.webcontainer.servlet;

import com.ibm.websphere.servlet.request.IRequest;
import com.ibm.wsspi.webcontainer.webapp.IWebAppDispatcherContext;

/** What is used of Open Liberty's type of this name; there it is a servlet's request. */
public interface IExtendedRequest {
  IRequest getIRequest();

  IWebAppDispatcherContext getWebAppDispatcherContext();
}
