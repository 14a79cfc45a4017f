/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import java.net.URL;

/**
 * The texts of {@link URL}s, which make theirs anew each time they are asked: one that came lately
 * is found here.
 *
 * <p>Confined to the export thread. A hit allocates nothing, a miss the text alone.
 */
final class UrlTable {
  /** A power of two; two texts that share a place are made anew in turn. */
  private static final int PLACES = 256;

  /** Longer ones would be much to keep. */
  private static final int LONGEST = 512;

  private final String[] texts = new String[PLACES];
  private final StringBuilder scratch = new StringBuilder(LONGEST);

  /** As {@link Object#toString}. */
  String text(Object url) {
    if (!(url instanceof URL) || !writtenAsUsual((URL) url)) {
      return url.toString();
    }
    scratch.setLength(0);
    write((URL) url);
    if (scratch.length() > LONGEST) {
      String text = scratch.toString();
      scratch.setLength(LONGEST);
      scratch.trimToSize();
      return text;
    }
    int hash = 0;
    for (int i = 0; i < scratch.length(); i++) {
      hash = 31 * hash + scratch.charAt(i);
    }
    int place = (hash ^ hash >>> 16) & PLACES - 1;
    String known = texts[place];
    if (known == null || !known.contentEquals(scratch)) {
      known = scratch.toString();
      texts[place] = known;
    }
    return known;
  }

  /** A protocol of somebody's own may write its URLs otherwise. */
  private static boolean writtenAsUsual(URL url) {
    return url.getProtocol().equals("http") || url.getProtocol().equals("https");
  }

  private void write(URL url) {
    scratch.append(url.getProtocol()).append(':');
    if (url.getAuthority() != null && !url.getAuthority().isEmpty()) {
      scratch.append("//").append(url.getAuthority());
    }
    if (url.getPath() != null) {
      scratch.append(url.getPath());
    }
    if (url.getQuery() != null) {
      scratch.append('?').append(url.getQuery());
    }
    if (url.getRef() != null) {
      scratch.append('#').append(url.getRef());
    }
  }
}
