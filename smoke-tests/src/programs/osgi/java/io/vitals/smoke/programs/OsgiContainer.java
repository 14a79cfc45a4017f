/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.File;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * An OSGi container with the one bundle that the argument names; it ends when the bundle stops it.
 */
public final class OsgiContainer {
  private OsgiContainer() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    Map<String, String> configuration = new HashMap<>();
    configuration.put(
        Constants.FRAMEWORK_STORAGE, Files.createTempDirectory("osgi").toFile().getPath());
    // What the JDK has and a container of OSGi does not show on Java 8 unless it is told to.
    configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "com.sun.net.httpserver");
    configuration.put("org.apache.felix.http.host", "127.0.0.1");
    configuration.put("org.osgi.service.http.port", "0");
    FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).iterator().next();
    Framework framework = factory.newFramework(configuration);
    framework.start();
    List<Bundle> bundles = new ArrayList<>();
    for (String bundle : arguments) {
      bundles.add(framework.getBundleContext().installBundle(new File(bundle).toURI().toString()));
    }
    for (Bundle bundle : bundles) {
      bundle.start();
    }
    framework.waitForStop(0);
  }
}
