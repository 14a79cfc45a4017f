/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.ibm.ws.webcontainer.srt;

import com.ibm.websphere.servlet.response.IResponse;
import com.ibm.wsspi.webcontainer.servlet.IExtendedRequest;

/** What is used of Open Liberty's type of this name. */
public abstract class SRTServletResponse {
  public abstract IExtendedRequest getRequest();

  public abstract IResponse getIResponse();

  public abstract int getStatusCode();
}
