/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.host;

import io.vitals.agent.extension.ChannelType;
import io.vitals.agent.extension.Extension;
import io.vitals.agent.extension.MetricDefinition;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** A jar, or a folder of jars, that {@code vitals.extensions} names; they see each other. */
final class ExtensionPlace {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  /** Those of one extension; a person has to find his way among them. */
  private static final int MOST_METRICS = 100;

  private static final int MOST_TYPES = 32;

  /** A service file can name so many classes that are not there. */
  private static final int MOST_PROVIDERS = 100;

  private final File file;
  private final ExtensionFailures failures;

  ExtensionPlace(String path, ExtensionFailures failures) {
    this.file = new File(path);
    this.failures = failures;
  }

  @Override
  public String toString() {
    return file.getPath();
  }

  /** What can be used of it; what cannot is said. */
  List<RunningExtension> load() {
    List<RunningExtension> loaded = new ArrayList<>();
    List<URL> jars = jars();
    if (jars.isEmpty()) {
      return loaded;
    }
    ExtensionLoader loader = new ExtensionLoader(jars.toArray(new URL[0]));
    // The providers are made, and asked for what they bring, on this thread.
    Thread.currentThread().setContextClassLoader(loader);
    Iterator<Extension> providers = ServiceLoader.load(Extension.class, loader).iterator();
    int asked = 0;
    for (boolean more = true; more && asked < MOST_PROVIDERS; ) {
      try {
        more = providers.hasNext();
        if (more) {
          asked++;
          loaded.add(running(providers.next()));
        }
      } catch (ServiceConfigurationError broken) {
        asked++;
        Throwable cause = broken.getCause();
        failed(broken.getMessage() + (cause == null ? "" : ": " + described(cause)));
      } catch (RuntimeException | LinkageError | StackOverflowError thrown) {
        asked++;
        failed(described(thrown));
      }
    }
    if (asked == 0) {
      failed("no META-INF/services/" + Extension.class.getName() + " in it");
    }
    return loaded;
  }

  private static String described(Throwable thrown) {
    return RunningExtension.described(thrown);
  }

  private void failed(String what) {
    failures.failed(file.getPath(), ExtensionFailures.Reason.LOAD, "left out: " + what);
  }

  private List<URL> jars() {
    List<URL> urls = new ArrayList<>();
    File[] files = {file};
    if (file.isDirectory()) {
      files = file.listFiles(each -> each.getName().toLowerCase(Locale.ROOT).endsWith(".jar"));
      if (files == null || files.length == 0) {
        failed("expected a folder with jars where vitals.extensions names it");
        return urls;
      }
      Arrays.sort(files);
    }
    for (File each : files) {
      String name = each.equals(file) ? "" : each.getName() + ": ";
      if (!each.exists()) {
        failed("no such file; vitals.extensions names it");
        continue;
      }
      try (JarFile readable = new JarFile(each, false)) {
        urls.add(each.toURI().toURL());
      } catch (IOException e) {
        failed(name + "not a readable jar: " + e.getMessage());
      }
    }
    return urls;
  }

  private RunningExtension running(Extension extension) {
    String type = extension.getClass().getName();
    String name = extension.name();
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          type + " has the name '" + name + "'; expected letters, digits, '-', '_' and '.'");
    }
    List<MetricDefinition> metrics = copy(extension.metrics(), type + ".metrics()", MOST_METRICS);
    List<OwnChannelType> channels = new ArrayList<>();
    for (ChannelType each : copy(extension.channels(), type + ".channels()", MOST_TYPES)) {
      String channel = each.type();
      if (channel == null || !TYPE.matcher(channel).matches()) {
        throw new IllegalArgumentException(
            type + " has a channel type '" + channel + "'; expected lower-case letters");
      }
      channels.add(new OwnChannelType(name, channel, each));
    }
    return new RunningExtension(extension, name, metrics, channels, failures);
  }

  private static <T> List<T> copy(List<T> given, String of, int most) {
    if (given == null || given.contains(null) || given.size() > most) {
      throw new IllegalArgumentException(of + ": expected a list of at most " + most);
    }
    return Collections.unmodifiableList(new ArrayList<>(given));
  }
}
