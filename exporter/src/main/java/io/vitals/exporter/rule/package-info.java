/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The language of alert rules, and what its expressions are evaluated over.
 *
 * <pre>
 *  text --&gt; Lexer --&gt; Parser (Selector, Calls, Types) --&gt; Term --&gt; Expression
 *                                                                     |
 *  Interval of spans --&gt; SpanFeed ---|                              Binding
 *                                    |--&gt; Source --&gt; Group --&gt; Track &lt;-- Reading &lt;-- Node, Check
 *  MetricData -------&gt; MetricFeed ---|    (shared by all rules that read the same)        |
 *                                                                       Found, Values &lt;---'
 * </pre>
 *
 * <h2>The language</h2>
 *
 * <p>An expression reads metrics with functions, calculates, compares, and joins comparisons:
 *
 * <pre>{@code
 * p99(http.server{http.route="/checkout"}[1m]) > 500ms
 * error_rate(http.server[5m]) by (http.route) > 5% and count(http.server[5m]) by (http.route) >= 20
 * jvm.memory.used{jvm.memory.type="heap"} / jvm.memory.limit{jvm.memory.type="heap"} > 90%
 * sum(jvm.gc.duration[1m]) / 1m > 20%
 * p50(http.client[5m]) by (server.address) > 2 * p50(http.client[5m] offset 1h) by (server.address)
 * anomaly(rate(http.server[5m]), 4)
 * absent(http.server[15m])
 * }</pre>
 *
 * <h3>Metrics and labels</h3>
 *
 * <p>{@code http.server}, {@code http.client} and {@code db.client} are short for the histograms of
 * durations ({@code http.server.request.duration} ...), whose calls are all there: every percentile
 * is known to 0.1 %. Any other metric of the agent has its full name. Labels are the attributes
 * that are exported, and all values are text: {@code {http.response.status_code="500"}}. Matchers
 * are {@code =}, {@code !=}, {@code =~} and {@code !~} (a regular expression for the whole value);
 * a label that is not there counts as empty, so {@code error.type=""} is what went well. Texts
 * stand in double or single quotes; a backslash is one but before a quote or a backslash.
 *
 * <h3>Windows</h3>
 *
 * <p>{@code [5m]} looks back 5 minutes; where none is written a function looks back 1 minute. After
 * it may stand {@code offset 1h}, which looks from an hour ago, and {@code min_count 20}: with
 * fewer samples nothing is said. Both may also stand after the function. A window reaches back 24
 * hours at most with its offset, of counts, sums and rates 92 days. It holds the intervals whose
 * middle lies in it. Units of time are {@code ms s m h d}, also as in {@code 1h30m}.
 *
 * <h3>Functions</h3>
 *
 * <table>
 * <caption>What they say, and in which unit</caption>
 * <tr><th>function</th><th>of calls</th><th>of other metrics</th></tr>
 * <tr><td>{@code p50 p99 p999 ...}, {@code quantile(0.99, x)}</td><td>duration</td><td></td></tr>
 * <tr><td>{@code avg min max}</td><td>duration</td><td>of gauges and levels over the window;
 * {@code avg} of a histogram</td></tr>
 * <tr><td>{@code sum}</td><td>duration of all together</td><td>of gauges and levels the sum of now,
 * of a histogram what it has grown by</td></tr>
 * <tr><td>{@code count increase}</td><td>number of calls</td><td>of a histogram its number;
 * {@code increase} of a counter what it has risen by</td></tr>
 * <tr><td>{@code rate}</td><td>calls a second</td><td>of counters and histograms, by the
 * second</td></tr>
 * <tr><td>{@code error_rate}</td><td>share with an {@code error.type}</td><td></td></tr>
 * <tr><td>{@code slow_rate(x, 300ms)}</td><td>share that took longer</td><td></td></tr>
 * <tr><td>{@code absent}</td><td colspan="2">condition: nothing came in a window that was measured
 * from its beginning</td></tr>
 * </table>
 *
 * <p>A gauge or level has its value without a function: that of the last collection, at most 5
 * minutes old. Attribute sets of a level (an up-down counter, such as memory) are added up at each
 * moment, and {@code avg}, {@code min} and {@code max} are those of the sum over time. Sets of a
 * gauge (such as a utilization) mean nothing added up: its value is their average, and {@code avg},
 * {@code min} and {@code max} are those of all sets and moments. A counter that falls began anew; a
 * new set of a known metric began at 0.
 *
 * <p>{@code by (http.route)} after a function gives a result for each value of the labels. A side
 * without groups is compared with each group of the other; two sides with groups must have the same
 * labels and meet by them. A series without a label belongs to the group without it.
 *
 * <p>{@code anomaly(x, 4)} holds if {@code x} is farther from the median of its last 6 hours (one
 * value a minute, 30 at least) than 4 times the median distance from that median (MAD). If the MAD
 * is 0, it is 1 % of the median instead; if that is 0 too: 1 ms, 1 MiB, 1 KiB/s, 0.1 %, 1/60 a
 * second or 1.
 *
 * <h3>Units</h3>
 *
 * <p>Numbers have units: {@code 500ms}, {@code 5%}, {@code 512MiB}, {@code 1GB}, {@code 10/s},
 * {@code 10MB/s}. Values can be added and compared if their units are the same; a plain number fits
 * counts, ratios and rates, and {@code 0} everything. Products and quotients have the unit that
 * comes out: a duration divided by a duration is a ratio, a count by a duration a rate.
 *
 * <h3>Conditions</h3>
 *
 * <p>{@code > >= < <= == !=} compare; {@code and}, {@code or} and {@code unless} (and not) join;
 * {@code or} binds loosest, the other two bind alike, then come comparisons, {@code + -}, {@code *
 * /} and the sign. {@code #} begins a comment.
 *
 * <h3>What is not known</h3>
 *
 * <p>Percentiles, averages and shares of nothing have no value, nor has a division by zero; counts
 * and rates of nothing are 0 once there was something, and until then they have none either. A
 * comparison without a value is unknown: neither true nor false, and an alert keeps its state.
 * {@code and} is false if one side is false, {@code or} true if one side is true, whatever the
 * other; {@code unless} takes an unknown right side for false.
 */
package io.vitals.exporter.rule;
