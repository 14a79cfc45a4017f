/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * How the process and what it depends on are doing, as one number and one word.
 *
 * <p><b>Arithmetic.</b> Each check measures one value and has two bounds. At 0 the score is 100, at
 * the first bound 70, at the second 40, at twice the second 0, and on straight lines between. A
 * score above 70 is healthy, above 40 degraded, any other unhealthy. A component's score is that of
 * its worst check, the whole's that of the worst component: one full disk is not made up for by an
 * idle processor. A check without data counts for nothing. The word for a component changes when
 * two looks in a row agree, so that one bad moment is no event.
 *
 * <p><b>Active checks.</b> A file may name peers to be asked ({@link
 * io.vitals.exporter.health.HealthSettings}). A run is an attempt and, where that fails, up to so
 * many more. The check <i>failure</i> is 0 if one of them succeeded and 1 if none did, with the
 * bounds 0.25 and 0.5: a score of 100 or 0. The check <i>duration</i> is what the attempt took that
 * succeeded, with half the timeout and the timeout as bounds where the file does not say.
 *
 * <pre>
 *  file --&gt; HealthSettings --&gt; ActiveChecks (thread "checks") --&gt; ActiveCheck --&gt; Attempt --&gt; Probe
 *                                                                      | outcome      (lent thread)
 *  measures of the rules ---------------------------------------&gt; HealthModel --&gt; report, events
 * </pre>
 *
 * <p><b>Trend and forecast.</b> A straight line is laid through the last hour's minutes by ordinary
 * least squares. The trend is what the line gains over that hour; it is rising or falling when that
 * is more than twice the standard error of the gain and more than 5 % of the mean. The forecast is
 * where the line stands in an hour, between the bounds of its 95 % prediction interval (1.96
 * standard errors). Fewer than ten minutes give neither.
 */
package io.vitals.exporter.health;
