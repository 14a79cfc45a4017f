/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.ibm.wsspi.webcontainer.webapp;

/** What is used of Open Liberty's type of this name. */
public interface IWebAppDispatcherContext {
  String getRelativeUri();
}
