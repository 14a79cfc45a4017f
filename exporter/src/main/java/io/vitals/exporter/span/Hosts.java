/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import java.util.HashMap;
import java.util.Map;

/**
 * Remembers hosts and ports by the text that they were read from: a process calls few services, and
 * is called by few names.
 *
 * <p>Confined to the export thread. A hit allocates nothing.
 */
final class Hosts {
  /** Slots for what URLs begin with, a power of two; two that share one are read anew in turn. */
  private static final int SLOTS = 64;

  /** Names in headers are the callers' to choose. */
  private static final int MOST_HEADERS = 256;

  private final String[] beginnings = new String[SLOTS];
  private final HostPort[] ofBeginnings = new HostPort[SLOTS];
  private final Map<String, HostPort> ofHeaders = new HashMap<>();

  /** As {@link UrlText#hostPort}. */
  HostPort ofUrl(String url) {
    int authority = UrlText.authorityStart(url);
    if (authority < 0) {
      return null;
    }
    int end = UrlText.authorityEnd(url, authority);
    int hash = 0;
    for (int i = 0; i < end; i++) {
      hash = 31 * hash + url.charAt(i);
    }
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    String known = beginnings[slot];
    if (known == null || known.length() != end || !url.startsWith(known)) {
      beginnings[slot] = url.substring(0, end);
      ofBeginnings[slot] = UrlText.hostPort(url);
    }
    return ofBeginnings[slot];
  }

  /** As {@link HostPort#parse}. */
  HostPort ofHeader(String host) {
    if (host == null) {
      return null;
    }
    HostPort known = ofHeaders.get(host);
    if (known == null) {
      known = HostPort.parse(host);
      if (ofHeaders.size() == MOST_HEADERS) {
        ofHeaders.clear();
      }
      ofHeaders.put(host, known);
    }
    return known;
  }
}
