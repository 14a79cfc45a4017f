/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.host;

import io.vitals.agent.extension.AlertSink;
import io.vitals.agent.extension.ChannelType;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** A type of channel that an extension brings. */
public final class OwnChannelType {
  /** It looks at texts and does no more. */
  private static final long OPEN_MILLIS = 1_000;

  /** The extension's name. */
  public final String extension;

  final String type;
  private final ChannelType from;

  /** One that an extension of this name brings. */
  public OwnChannelType(String extension, String type, ChannelType from) {
    this.extension = extension;
    this.type = type;
    this.from = from;
  }

  /** The loader of its classes, which its code expects to be the thread's. */
  public ClassLoader loader() {
    return from.getClass().getClassLoader();
  }

  /**
   * Makes a channel, within a second.
   *
   * @throws Exception what the extension throws, or that it does not answer
   */
  public AlertSink open(Map<String, String> options) throws Exception {
    Map<String, String> copy = Collections.unmodifiableMap(new TreeMap<>(options));
    AlertSink sink;
    try {
      sink = Bounded.call("open", loader(), OPEN_MILLIS, () -> from.open(copy));
    } catch (Exception thrown) {
      throw thrown;
    } catch (Throwable fault) {
      throw new IllegalStateException(RunningExtension.described(fault), fault);
    }
    if (sink == null) {
      throw new IllegalStateException("open() has given null");
    }
    return sink;
  }
}
