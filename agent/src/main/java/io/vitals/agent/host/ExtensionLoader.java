/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.host;

import io.vitals.agent.extension.Extension;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads the classes of one jar or folder of jars: of the agent it sees what an extension is written
 * against and nothing else, so its libraries are its own.
 */
final class ExtensionLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  /** Cut out of a name: on 8 a class of the agent's loader has no package object. */
  private static final String API =
      Extension.class.getName().substring(0, Extension.class.getName().lastIndexOf('.') + 1);

  private final ClassLoader agent = Extension.class.getClassLoader();

  ExtensionLoader(URL[] jars) {
    super(jars, Extension.class.getClassLoader().getParent());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean isApi = name.startsWith(API) && name.indexOf('.', API.length()) < 0;
    return isApi ? agent.loadClass(name) : super.loadClass(name, resolve);
  }
}
