/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.extension;

import java.util.Map;

/**
 * A kind of channel: {@code type: pigeon} in the alerts file, with the options that it has there.
 *
 * <p>The agent does for its channels what it does for its own: severities and labels, groups,
 * silences, repeats, escalation, a bounded queue, retries, a rate limit, and a thread for each.
 */
public interface ChannelType {
  /**
   * What stands behind {@code type:}; asked once.
   *
   * @return lower-case letters, digits, {@code -} and {@code _}; not a type of the agent's own
   */
  String type();

  /**
   * Makes a channel, each time the alerts file is read; it looks at its options and does nothing
   * that may take long, such as connecting.
   *
   * @param options all fields of the channel that are not the agent's, by their names, with texts
   *     as values. A secret comes by its plain name: {@code token_env: NAME} and {@code token_file:
   *     PATH} give {@code token} the value of an environment variable or of a file. So no option
   *     has a name that ends in {@code _env} or {@code _file}
   * @throws IllegalArgumentException if an option is missing or wrong; its message is shown beside
   *     file, line and column, without the values of secrets
   */
  AlertSink open(Map<String, String> options);
}
