/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlReader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the field {@code health} of an alerts file is read as, and what is said of a broken one. */
class HealthSettingsTest {
  private static HealthSettings read(String... lines) throws FileFault {
    return HealthSettings.read(YamlReader.read("a.yml", String.join("\n", lines)));
  }

  @Test
  void check_hasGoodDefaults() throws FileFault {
    HealthSettings settings =
        read("health: {checks: [{name: inventory, type: tcp, address: 'db1:9000'}]}");
    assertThat(settings.lookNanos).isEqualTo(TimeUnit.SECONDS.toNanos(10));
    CheckSettings check = settings.checks.get(0);
    assertThat(check.intervalNanos).isEqualTo(TimeUnit.SECONDS.toNanos(10));
    assertThat(check.timeoutNanos).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    assertThat(check.retries).isEqualTo(2);
    assertThat(check.seconds.score(0.5)).isEqualTo(70);
    assertThat(check.seconds.score(1)).isEqualTo(40);
    assertThat(check.probe).isInstanceOf(TcpProbe.class);
  }

  @Test
  void everyField_isRead() throws FileFault {
    HealthSettings settings =
        read(
            "health:",
            "  interval: 2s",
            "  checks:",
            "    - {name: a, type: tcp, address: '[::1]:9', interval: 1m, timeout: 3s, retries: 0}",
            "    - {name: b, type: http, url: 'https://x/y?z', expect: [200, 204], degraded: 9ms}",
            "    - {name: c, type: http, url: 'http://x:1/', expect: 301}");
    assertThat(settings.lookNanos).isEqualTo(TimeUnit.SECONDS.toNanos(2));
    assertThat(settings.checks)
        .extracting(check -> check.identity)
        .containsExactly(
            "a tcp 60000000000 3000000000 1500000000 0 [::1]:9",
            "b http 10000000000 1000000000 9000000 2 https://x/y?z [200, 204]",
            "c http 10000000000 1000000000 500000000 2 http://x:1/ [301]");
    assertThat(read("groups: []").checks).isEmpty();
  }

  /** Each is the one line of a check, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: tcp, address: 'x:1'|3:7: found no \"name\"; expected a value for name",
        "name: a b, type: tcp, address: 'x:1'|3:14: found \"a b\"; expected a name of letters",
        "name: a, address: 'x:1'|3:7: found no \"type\"; expected a value for type",
        "name: a, type: ping, address: x|3:23: found \"ping\"; expected tcp, http or jdbc",
        "name: a, type: tcp|3:7: found no \"address\"; expected a value for address",
        "name: a, type: tcp, address: x|3:37: found \"x\"; expected host:port, such as db1:5432",
        "name: a, type: tcp, address: 'x:0'|3:37: found \"x:0\"; expected host:port",
        "name: a, type: tcp, address: 'x:99999'|3:37: found \"x:99999\"; expected host:port",
        "name: a, type: tcp, address: 'u@x:1'|3:37: found \"u@x:1\"; expected host:port",
        "name: a, type: tcp, url: 'http://x'|3:28: found \"url\"; expected one of name, type",
        "name: a, type: http, url: 'ftp://x/k'|3:34: found a url that is not one of http or https",
        "name: a, type: http, url: 'http://u:k@x/'|3:34: found a url with a user; expected one that",
        "name: a, type: http, url: 'http://x', expect: ok|3:54: found \"ok\"; expected an HTTP status",
        "name: a, type: http, url: 'http://x', expect: [200, 99]|3:60: found \"99\"; expected an HTTP",
        "name: a, type: http, url: 'http://x', expect: []|3:54: found an empty list; expected at",
        "name: a, type: tcp, address: 'x:1', interval: 10ms|3:54: found \"10ms\"; expected a duration"
            + " of 1s to 3600s",
        "name: a, type: tcp, address: 'x:1', timeout: 2h|3:53: found \"2h\"; expected a duration of"
            + " 1ms to 60s",
        "name: a, type: tcp, address: 'x:1', timeout: soon|3:53: found \"soon\"; expected a duration",
        "name: a, type: tcp, address: 'x:1', degraded: 2s|3:54: found \"2s\"; expected a duration"
            + " above 0 and below the timeout",
        "name: a, type: tcp, address: 'x:1', retries: -1|3:53: found \"-1\"; expected a whole number"
            + " from 0 to 10"
      })
  void brokenCheck_isNamedWithItsPlace(String check, String said) {
    assertThatThrownBy(() -> read("health:", "  checks:", "    - {" + check + "}"))
        .isInstanceOf(FileFault.class)
        .hasMessageStartingWith("a.yml:" + said);
  }

  @Test
  void whatIsNoCheckAtAll_isNamedToo() {
    assertThatThrownBy(() -> read("health: {check: []}"))
        .hasMessage("a.yml:1:10: found \"check\"; expected one of interval, checks");
    assertThatThrownBy(() -> read("health: {interval: 0s}"))
        .hasMessage("a.yml:1:20: found \"0s\"; expected a duration of 1s to 3600s");
    String twice = "    - {name: a, type: tcp, address: 'x:1'}";
    assertThatThrownBy(() -> read("health:", "  checks:", twice, twice))
        .hasMessage("a.yml:4:14: found a second a; expected each name once");
    StringBuilder many = new StringBuilder("health:\n  checks:\n");
    for (int i = 0; i <= HealthSettings.MOST_CHECKS; i++) {
      many.append(twice.replace(" a,", " a" + i + ",")).append('\n');
    }
    assertThatThrownBy(() -> read(many.toString()))
        .hasMessage("a.yml:23:7: found more than 20 checks; expected fewer");
  }
}
