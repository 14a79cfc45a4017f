/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.resource;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.work.NameService;
import java.io.File;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gathers the resource: what was configured, what was detected, what the SDK says of itself.
 *
 * <p>Configured attributes win over detected ones; {@code otel.resource.disabled.keys} takes out
 * either.
 */
public final class Surroundings {
  private static final String SCHEMA = "https://opentelemetry.io/schemas/1.44.0";

  private final Config config;
  private final ProcFiles files;
  private final AttributesBuilder found = Attributes.builder();

  private Surroundings(Config config, ProcFiles files) {
    this.config = config;
    this.files = files;
  }

  /**
   * Finds out what there is. Reads files and opens the application's jar; some milliseconds.
   *
   * @param version the version of the agent
   */
  public static Resource detect(Config config, String version) {
    return new Surroundings(config, new ProcFiles(new File("/"))).resource(version);
  }

  private Resource resource(String version) {
    service();
    process();
    host();
    put("container.id", files.containerId());
    put("telemetry.distro.name", "vitals");
    put("telemetry.distro.version", version);
    Set<String> disabled = new HashSet<>();
    disabled.addAll(list("otel.resource.disabled.keys"));
    disabled.addAll(list("otel.experimental.resource.disabled.keys"));
    for (Map.Entry<String, String> entry : config.map("otel.resource.attributes").entrySet()) {
      if (!entry.getKey().equals("service.name")) {
        put(entry.getKey(), entry.getValue());
      }
    }
    return Resource.getDefault().merge(Resource.create(found.build(), SCHEMA)).toBuilder()
        .removeIf(key -> disabled.contains(key.getKey()))
        .build();
  }

  private List<String> list(String name) {
    return config.list(name, Collections.<String>emptyList());
  }

  private void put(String key, String value) {
    if (value != null && !value.isEmpty()) {
      found.put(AttributeKey.stringKey(key), value);
    }
  }

  private void service() {
    MainJar jar = MainJar.ofThisProcess();
    put("service.name", ServiceName.detect(config, jar, SpringFiles.ofThisProcess()).value);
    put("service.version", jar.manifest("Implementation-Version"));
    put("service.instance.id", randomId());
  }

  /** A random UUID (version 4) without the start-up cost of {@code SecureRandom}. */
  private static String randomId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = random.nextLong() & ~0xf000L | 0x4000L;
    long low = random.nextLong() >>> 2 | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }

  private void process() {
    long pid = files.pid();
    pid = pid > 0 ? pid : ProcessFacts.pid();
    if (pid > 0) {
      found.put(AttributeKey.longKey("process.pid"), pid);
    }
    String home = property("java.home");
    if (home != null) {
      String java = home + File.separator + "bin" + File.separator + "java";
      put("process.executable.path", windows() ? java + ".exe" : java);
    }
    List<String> arguments = files.commandLine();
    arguments = arguments.isEmpty() ? ProcessFacts.arguments() : arguments;
    if (!arguments.isEmpty()) {
      found.put(
          AttributeKey.stringArrayKey("process.command_args"), CommandArguments.masked(arguments));
    }
    put("process.runtime.name", property("java.runtime.name"));
    put("process.runtime.version", property("java.runtime.version"));
    put(
        "process.runtime.description",
        property("java.vm.vendor")
            + " "
            + property("java.vm.name")
            + " "
            + property("java.vm.version"));
  }

  private void host() {
    put("host.name", hostName());
    put("host.arch", property("os.arch"));
    put("host.id", files.firstLine("etc/machine-id"));
    String name = property("os.name");
    String version = property("os.version");
    put("os.type", osType());
    put("os.version", version);
    put("os.description", version == null ? name : name + " " + version);
  }

  private String hostName() {
    String name = files.firstLine("proc/sys/kernel/hostname");
    if (name == null) {
      name = System.getenv(windows() ? "COMPUTERNAME" : "HOSTNAME");
    }
    if (name != null && !name.isEmpty()) {
      return name;
    }
    NameService.settle();
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static boolean windows() {
    return "windows".equals(osType());
  }

  private static String osType() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String[][] types = {
      {"windows", "windows"},
      {"linux", "linux"},
      {"mac", "darwin"},
      {"freebsd", "freebsd"},
      {"netbsd", "netbsd"},
      {"openbsd", "openbsd"},
      {"dragonfly", "dragonflybsd"},
      {"hp-ux", "hpux"},
      {"aix", "aix"},
      {"solaris", "solaris"},
      {"sunos", "solaris"},
      {"z/os", "z_os"}
    };
    for (String[] type : types) {
      if (name.startsWith(type[0])) {
        return type[1];
      }
    }
    return null;
  }

  private static String property(String name) {
    return System.getProperty(name);
  }
}
