/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts are those of the URLs themselves, and one that comes again is the same object. */
class UrlTableTest {
  private final UrlTable table = new UrlTable();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://shop:8080/stock/7?id=1&q=a%20b#top",
        "https://user:secret@shop/",
        "http://[::1]:80",
        "http://shop",
        "http:///path",
        "http:relative?",
        "HTTP://Shop/%C3%A4?#",
        "file:/tmp/x",
        "jar:file:/tmp/x.jar!/y"
      })
  void text_isTheUrlsOwn(String spec) throws MalformedURLException {
    URL url = new URL(spec);
    assertThat(table.text(url)).isEqualTo(url.toString());
    assertThat(table.text(new URL(spec))).isEqualTo(url.toString());
  }

  @Test
  void textOfAUri_isTheUrisOwn() {
    URI uri = URI.create("http://shop/a?b");
    assertThat(table.text(uri)).isSameAs(uri.toString());
  }

  @Test
  void handlerOfTheApplication_writesItsOwn() throws MalformedURLException {
    URLStreamHandler own =
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) {
            throw new UnsupportedOperationException();
          }

          @Override
          protected String toExternalForm(URL url) {
            return "own";
          }
        };
    assertThat(table.text(new URL(null, "shop:x", own))).isEqualTo("own");
  }

  @Test
  void textThatComesAgain_isMadeOnce() throws MalformedURLException {
    String first = table.text(new URL("http://shop/stock?id=7"));
    assertThat(table.text(new URL("http://shop/stock?id=7"))).isSameAs(first);
  }

  @Test
  void manyTexts_areEachTheirOwn() throws MalformedURLException {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 2_000; i++) {
        String spec = "http://shop/stock/" + i;
        assertThat(table.text(new URL(spec))).isEqualTo(spec);
      }
    }
  }

  @Test
  void longText_isNotKept() throws MalformedURLException {
    String spec = "http://shop/" + "x".repeat(5_000);
    String first = table.text(new URL(spec));
    assertThat(first).isEqualTo(spec);
    assertThat(table.text(new URL(spec))).isEqualTo(spec).isNotSameAs(first);
    assertThat(table.text(new URL("http://shop/"))).isEqualTo("http://shop/");
  }
}
