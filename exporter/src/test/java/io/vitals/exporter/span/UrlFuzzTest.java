/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Every URL and host header is read, and the secrets of a URL do not come out. */
class UrlFuzzTest {
  private static final String SECRET = "Zq7xJ9";

  private final UrlText urls = new UrlText(Arrays.asList("sig", "AWSAccessKeyId"));

  @FuzzTest(maxExecutions = 1_000_000, maxDuration = "10m")
  void url_isReadWithoutItsSecrets(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    for (HostPort read : new HostPort[] {UrlText.hostPort(text), HostPort.parse(text)}) {
      if (read != null && (read.host == null || read.port < 0 || read.port > 65_535)) {
        assertThat(read.host + " " + read.port).as(text).isNull();
      }
    }
    String plain = text.replaceAll("[/?#@]", "");
    if (plain.contains(SECRET)) {
      return;
    }
    String[] withSecret = {
      urls.full("http://" + plain + ":" + SECRET + "@h/" + text),
      urls.full("http://h/" + plain + "?" + plain + "&sig=" + SECRET + "&" + text),
      urls.query(plain + "&sig=" + SECRET + "&" + text),
    };
    for (String shown : withSecret) {
      if (shown.contains(SECRET)) {
        assertThat(shown).as(text).doesNotContain(SECRET);
      }
    }
  }
}
