/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The shop on Tomcat in a bundle; when it ends it stops the container. */
public final class ShopBundle implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    Thread shop = new Thread(() -> serve(context), "shop");
    shop.setContextClassLoader(ShopBundle.class.getClassLoader());
    shop.start();
  }

  private static void serve(BundleContext context) {
    try {
      TomcatShop.main(new String[0]);
    } catch (Exception | LinkageError e) {
      // The test finds it where nothing is to stand, and the container ends below.
      e.printStackTrace();
    }
    try {
      context.getBundle(0).stop();
    } catch (BundleException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop(BundleContext context) {}
}
