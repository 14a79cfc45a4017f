/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.config.Config;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the record of a method becomes; expectations were read off OpenTelemetry's agent 2.33.1. */
class MethodAttributesTest {
  private static final SpanMapper MAPPER =
      new SpanMapper(
          new SpanOptions(Config.of(null, Map.of(), Map.of())),
          new EpochClock(),
          Resource.empty(),
          InstrumentationScopeInfo.create("io.vitals"));

  @Test
  void methodSpan_isInternalAndNamedByItsClass() {
    SpanData data = MAPPER.map(Spans.method("com.example.Orders.place"));

    assertThat(data.getName()).isEqualTo("Orders.place");
    assertThat(data.getKind()).isEqualTo(SpanKind.INTERNAL);
    assertThat(data.getStatus()).isEqualTo(StatusData.unset());
    assertThat(data.getAttributes())
        .isEqualTo(Attributes.of(stringKey("code.function.name"), "com.example.Orders.place"));
    assertThat(data.getEvents()).isEmpty();
  }

  @Test
  void methodSpan_thatFailed_saysSoWithoutMore() {
    Span span = Spans.method("com.example.Orders.place");
    span.error = new IllegalStateException("no stock");

    SpanData data = MAPPER.map(span);

    assertThat(data.getStatus()).isEqualTo(StatusData.error());
    assertThat(data.getAttributes().size()).isOne();
    assertThat(data.getEvents()).singleElement().matches(e -> e.getName().equals("exception"));
    assertThat(ErrorType.of(span)).isEqualTo("java.lang.IllegalStateException");
    assertThat(ErrorType.of(Spans.method("a.B.c"))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "Orders.place, Orders.place",
    "com.example.Shop$Orders.place, Orders.place",
    "com.example.Shop$1Orders.place, Orders.place",
    "com.example.Shop$1.place, Shop$1.place",
    "com.example.Shop$.place, Shop$.place",
    "com.ex$ample.Shop.place, Shop.place",
    "com.example.Shop.place$1, Shop.place$1",
    "com.example.Orders.<init>, Orders.<init>"
  })
  void methodName_isThatOfTheReference(String method, String name) {
    assertThat(MethodAttributes.simple(method)).isEqualTo(name);
  }
}
