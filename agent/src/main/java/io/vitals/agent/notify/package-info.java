/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Tells people of alerts, by Alertmanager, webhook, Slack, PagerDuty and mail.
 *
 * <pre>
 *   AlertEvent --&gt; queue --&gt; Notifier --&gt; Feed of each channel --&gt; Channel --&gt; Sender --&gt; peer
 *   (alert thread)          (one thread: silences, inhibition,   (a thread each: retries,
 *                            groups, repeats, escalation)         all the I/O)
 *                              ^                                       |
 *                              '------ sent, failed, rejected ---------'
 * </pre>
 */
package io.vitals.agent.notify;
