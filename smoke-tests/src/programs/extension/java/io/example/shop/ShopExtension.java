/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.example.shop;

import io.vitals.agent.extension.ChannelType;
import io.vitals.agent.extension.Extension;
import io.vitals.agent.extension.Measurements;
import io.vitals.agent.extension.MetricDefinition;
import java.io.File;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * An example of an extension: a shop takes orders as files in a folder.
 *
 * <p>Brings the metric {@code shop.orders.waiting}, the condition {@code shop.closed}, and channels
 * of the type {@code file}. The folder is given by the system property {@code shop.orders}.
 */
public final class ShopExtension implements Extension {
  private final File folder = new File(System.getProperty("shop.orders", "orders"));

  @Override
  public String name() {
    return "shop";
  }

  @Override
  public List<MetricDefinition> metrics() {
    return Arrays.asList(
        MetricDefinition.level("shop.orders.waiting", "{order}", "Orders that wait.", "store"),
        MetricDefinition.condition("shop.closed", "Whether the shop takes no orders."));
  }

  @Override
  public void measure(Measurements into) {
    String[] orders = folder.list((in, name) -> name.endsWith(".order"));
    if (orders != null) {
      into.record(
          "shop.orders.waiting",
          orders.length,
          Collections.singletonMap("store", folder.getName()));
    }
    into.condition("shop.closed", new File(folder, "closed").exists());
  }

  @Override
  public List<ChannelType> channels() {
    return Collections.singletonList(new FileChannelType());
  }
}
