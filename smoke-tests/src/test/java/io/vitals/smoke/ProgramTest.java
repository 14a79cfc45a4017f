/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs themselves, without any agent: what differs under one is the agent's doing. */
@Tag("runtimes")
class ProgramTest {
  @ParameterizedTest
  @CsvSource({"TOMCAT9", "TOMCAT10", "TOMCAT11"})
  void tomcatShop_answersWithoutAgent(Program program) {
    try (ForkedJvm jvm = Jvm.running().start(program)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      assertThat(visitor.get("/shop/plain")).isEqualTo(200);
      assertThat(visitor.get("/shop/orders/1")).isEqualTo(200);
      assertThat(visitor.get("/shop/orders/77")).isEqualTo(404);
      assertThat(visitor.get("/shop/checkout")).isEqualTo(200);
      assertThat(visitor.get("/shop/stock")).isEqualTo(200);
      assertThat(visitor.get("/shop/lost")).isEqualTo(200);
      assertThat(visitor.get("/shop/some/thing.do")).isEqualTo(200);
      assertThat(visitor.get("/shop/about.html")).isEqualTo(200);
      assertThat(visitor.get("/shop/nothing")).isEqualTo(404);
      assertThat(visitor.get("/elsewhere")).isEqualTo(404);
      assertThat(visitor.get("/shop/gone")).isEqualTo(410);
      assertThat(visitor.get("/shop/moved")).isEqualTo(302);
      assertThat(visitor.get("/shop/forward")).isEqualTo(200);
      assertThat(visitor.get("/shop/include")).isEqualTo(200);
      assertThat(visitor.get("/shop/broken")).isEqualTo(500);
      assertThat(visitor.get("/shop/crash")).isEqualTo(500);
      assertThat(visitor.get("/shop/async")).isEqualTo(200);
      assertThat(visitor.get("/shop/async-dispatch")).isEqualTo(200);
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.err()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"JDK_SHOP", "JDK_SHOP_NEWEST"})
  void jdkShop_answersWithoutAgent(Program program) {
    try (ForkedJvm jvm = Jvm.running().start(program)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      for (String page :
          new String[] {
            "/plain", "/count", "/item", "/restock", "/call", "/undo", "/stock", "/all"
          }) {
        assertThat(visitor.get(page)).as(page).isEqualTo(200);
      }
      assertThat(visitor.get("/refused")).isEqualTo(403);
      assertThat(visitor.get("/missing")).isEqualTo(404);
      assertThat(visitor.get("/nobody")).isEqualTo(502);
      assertThat(visitor.get("/broken")).isEqualTo(500);
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.err()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"JDK_CLIENTS"})
  void jdkClients_answerWithoutAgent(Program program) {
    try (ForkedJvm jvm = Jvm.running().start(program)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      assertThat(visitor.get("/sync")).isEqualTo(200);
      assertThat(visitor.get("/async")).isEqualTo(200);
      assertThat(visitor.get("/missing")).isEqualTo(404);
      assertThat(visitor.get("/nobody")).isEqualTo(502);
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.err()).isEmpty();
    }
  }
}
