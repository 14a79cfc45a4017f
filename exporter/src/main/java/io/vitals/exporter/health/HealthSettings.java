/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;

/** What the alerts file says under {@code health}. Immutable. */
public final class HealthSettings {
  /**
   * A service has a handful of peers that no hook sees; one check is started every 50 ms, so each
   * may run every second.
   */
  static final int MOST_CHECKS = 20;

  /** A probe of a container platform does the same: 10 s, 1 s, and the third failure counts. */
  private static final long USUAL_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long USUAL_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int USUAL_RETRIES = 2;
  private static final String[] COMMON = {
    "name", "type", "interval", "timeout", "retries", "degraded"
  };

  final long lookNanos;
  final List<CheckSettings> checks;

  private HealthSettings(long lookNanos, List<CheckSettings> checks) {
    this.lookNanos = lookNanos;
    this.checks = Collections.unmodifiableList(checks);
  }

  /**
   * Reads the field {@code health} of a file; others are somebody else's.
   *
   * @throws FileFault names file, line and column of the first mistake
   */
  public static HealthSettings read(YamlNode root) throws FileFault {
    YamlNode node = root.field("health");
    if (node == null) {
      return new HealthSettings(
          HealthModel.USUAL_LOOK_NANOS, Collections.<CheckSettings>emptyList());
    }
    node.onlyFields("interval", "checks");
    long look = duration(node, "interval", HealthModel.USUAL_LOOK_NANOS, 1_000, 3_600);
    List<CheckSettings> checks = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlNode item : node.items("checks")) {
      CheckSettings check = check(item);
      if (!names.add(check.name)) {
        throw item.needed("name").fault("a second " + check.name, "each name once");
      }
      if (checks.size() == MOST_CHECKS) {
        throw item.fault("more than " + MOST_CHECKS + " checks", "fewer");
      }
      checks.add(check);
    }
    return new HealthSettings(look, checks);
  }

  private static CheckSettings check(YamlNode node) throws FileFault {
    YamlNode name = node.needed("name");
    if (!name.text().matches("[A-Za-z0-9_.-]{1,64}")) {
      throw name.expected("a name of letters, digits, '-', '_' and '.'");
    }
    String type = node.needed("type").text();
    long interval = duration(node, "interval", USUAL_INTERVAL_NANOS, 1_000, 3_600);
    long timeout = duration(node, "timeout", USUAL_TIMEOUT_NANOS, 1, 60);
    long degraded = node.durationNanos("degraded", timeout / 2);
    if (degraded <= 0 || degraded >= timeout) {
      throw node.needed("degraded").expected("a duration above 0 and below the timeout");
    }
    int retries = (int) node.integer("retries", USUAL_RETRIES, 0, 10);
    StringBuilder identity = new StringBuilder(name.text());
    for (Object each : new Object[] {type, interval, timeout, degraded, retries}) {
      identity.append(' ').append(each);
    }
    Probe probe = probe(node, type, timeout, identity);
    return new CheckSettings(
        name.text(), interval, timeout, retries, degraded, probe, identity.toString());
  }

  /** A further kind of check is a further case. */
  private static Probe probe(YamlNode node, String type, long timeout, StringBuilder identity)
      throws FileFault {
    switch (type) {
      case "tcp":
        node.onlyFields(with("address"));
        identity.append(' ').append(node.needed("address").text());
        return tcp(node.needed("address"), timeout);
      case "http":
        node.onlyFields(with("url", "expect"));
        List<Integer> expected = expected(node);
        identity.append(' ').append(node.needed("url").text()).append(' ').append(expected);
        return new HttpProbe(url(node.needed("url")), expected, timeout);
      case "jdbc":
        node.onlyFields(with("pool"));
        String pool = node.field("pool") == null ? null : node.field("pool").text();
        identity.append(' ').append(pool);
        return new JdbcProbe(pool, timeout);
      default:
        throw node.needed("type").expected("tcp, http or jdbc");
    }
  }

  private static String[] with(String... own) {
    List<String> all = new ArrayList<>(Arrays.asList(COMMON));
    all.addAll(Arrays.asList(own));
    return all.toArray(new String[0]);
  }

  private static Probe tcp(YamlNode address, long timeout) throws FileFault {
    // The parser of URLs knows hosts, IPv6 addresses and ports.
    String text = address.text();
    HttpUrl parsed =
        text.matches("[^/?#@\\\\\\s]+:\\d{1,5}") ? HttpUrl.parse("http://" + text) : null;
    if (parsed == null) {
      throw address.expected("host:port, such as db1:5432 or [::1]:5432");
    }
    return new TcpProbe(parsed.host(), parsed.port(), timeout);
  }

  /** What cannot be used is not shown: it may hold a password. */
  private static HttpUrl url(YamlNode node) throws FileFault {
    HttpUrl url = HttpUrl.parse(node.text());
    if (url == null) {
      throw node.fault("a url that is not one of http or https", "such as http://host:8080/health");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw node.fault("a url with a user", "one that can be asked without");
    }
    return url;
  }

  /** A status, or a list of them. */
  private static List<Integer> expected(YamlNode node) throws FileFault {
    YamlNode field = node.field("expect");
    if (field == null) {
      return Collections.emptyList();
    }
    Set<Integer> all = new LinkedHashSet<>();
    for (YamlNode each : field.isList() ? field.items() : Collections.singletonList(field)) {
      if (!each.text().matches("[1-5]\\d\\d")) {
        throw each.expected("an HTTP status such as 200, or a list of them");
      }
      all.add(Integer.parseInt(each.text()));
    }
    if (all.isEmpty()) {
      throw field.fault("an empty list", "at least one HTTP status");
    }
    return new ArrayList<>(all);
  }

  private static long duration(
      YamlNode node, String field, long byDefault, long leastMillis, long mostSeconds)
      throws FileFault {
    long nanos = node.durationNanos(field, byDefault);
    if (nanos < TimeUnit.MILLISECONDS.toNanos(leastMillis)
        || nanos > TimeUnit.SECONDS.toNanos(mostSeconds)) {
      String least = leastMillis % 1_000 == 0 ? leastMillis / 1_000 + "s" : leastMillis + "ms";
      throw node.needed(field).expected("a duration of " + least + " to " + mostSeconds + "s");
    }
    return nanos;
  }
}
