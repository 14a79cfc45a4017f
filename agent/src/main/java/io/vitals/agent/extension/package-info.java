/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * How to give the agent metrics, conditions and channels of one's own, in an extension jar.
 *
 * <p>Everything here is plain Java 8. Compile against {@code io.vitals:vitals-agent} and ship
 * nothing of it. This is a whole extension, with one metric and one condition:
 *
 * <pre>
 *   public final class ShopExtension implements Extension {
 *     public String name() {
 *       return "shop";
 *     }
 *
 *     public List&lt;MetricDefinition&gt; metrics() {
 *       return Arrays.asList(
 *           MetricDefinition.level("shop.orders.open", "{order}", "Orders that wait.", "store"),
 *           MetricDefinition.condition("shop.closed", "Whether the shop takes no orders."));
 *     }
 *
 *     public void measure(Measurements into) {
 *       into.record("shop.orders.open", 17, Collections.singletonMap("store", "Jena"));
 *       into.condition("shop.closed", false);
 *     }
 *   }
 * </pre>
 *
 * <p>Its jar has a file {@code META-INF/services/io.vitals.agent.extension.Extension} with the name
 * of that class in it. {@code vitals.extensions} (or {@code VITALS_EXTENSIONS}) names jars, or
 * folders of jars, with commas between them: {@code -Dvitals.extensions=/opt/shop-extension.jar}.
 * The metrics are exported over OTLP beside the agent's, and rules read them:
 *
 * <pre>
 *   - alert: OrdersWait
 *     expr: sum(shop.orders.open) by (store) &gt; 10
 *   - alert: ShopClosed
 *     expr: shop.closed == 1
 *     for: 1m
 * </pre>
 *
 * <p>A channel is a {@link io.vitals.agent.extension.ChannelType}, and a {@link
 * io.vitals.agent.extension.AlertSink} for each channel of that type in the alerts file:
 *
 * <pre>
 *   channels:
 *     - {name: loft, type: pigeon, ring_env: PIGEON_RING, severities: [critical], timeout: 5s}
 * </pre>
 *
 * <p>{@code java -Dvitals.extensions=... -jar vitals-agent.jar rules check FILE} knows the metrics
 * and channels, and {@code notify test FILE} tries the channels. A complete example, which the
 * build compiles and runs, is {@code smoke-tests/src/programs/extension}.
 *
 * <pre>
 *   vitals.extensions --&gt; a class loader a jar or folder --&gt; ServiceLoader --&gt; Extension
 *                                                                            |
 *   rules' thread --- once a look ---&gt; thread of the extension: measure() ---+
 *        |                                       |                           |
 *        '&lt;------- values, within 100 ms --------'---&gt; OTLP       ChannelType.open --&gt; AlertSink
 *                                                                 (on the channel's thread)
 * </pre>
 *
 * <p>An extension's class loader looks into its own jars first, then into the platform; of the
 * agent it sees this package and nothing else, and of the application nothing. The jars of a folder
 * see each other. So an extension brings its libraries along, whatever versions the agent has
 * inside. {@code vitals.agent.extension.failures} counts by extension what did not work.
 */
package io.vitals.agent.extension;
