/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Handlers that are functions, which Spring has since 5.2. */
@Configuration
public class SpringFunctions {
  @Bean
  public RouterFunction<ServerResponse> functions() {
    return RouterFunctions.route(
        RequestPredicates.GET("/functions/{name}"),
        request -> ServerResponse.ok().body(request.pathVariable("name")));
  }
}
