/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A resource of each kind. */
public final class RestResources extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return new HashSet<>(
        Arrays.asList(
            Orders.class,
            Errors.class,
            Files.class,
            Root.class,
            Lookups.class,
            Sorry.class,
            Denial.class));
  }

  @Override
  public Set<Object> getSingletons() {
    return Collections.emptySet();
  }

  /** Methods below the path of a class. */
  @Path("/orders")
  public static class Orders {
    @GET
    public String all() {
      return "all";
    }

    @GET
    @Path("{id: [0-9]+}")
    public String order(@PathParam("id") String id) {
      return "order " + id;
    }

    @GET
    @Path("/{id}/parts/{part}/")
    public String part(@PathParam("id") String id, @PathParam("part") String part) {
      return id + part;
    }

    @GET
    @Path("fails")
    public String fails() {
      throw new IllegalStateException("fails");
    }

    @GET
    @Path("refused")
    public String refused() {
      throw new ForbiddenException();
    }

    @GET
    @Path("refused/kindly")
    public String refusedKindly() {
      throw new UnsupportedOperationException("kindly");
    }

    @GET
    @Path("sent/{status}")
    public void sent(@PathParam("status") int status, @Context HttpServletResponse response)
        throws IOException {
      response.sendError(status);
    }

    @GET
    @Path("late/{id}")
    public void late(@PathParam("id") String id, @Suspended AsyncResponse response) {
      new Thread(() -> response.resume("late " + id)).start();
    }

    @GET
    @Path("late/{id}/fails")
    public void lateFails(@PathParam("id") String id, @Suspended AsyncResponse response) {
      new Thread(() -> response.resume(new IllegalStateException("fails late"))).start();
    }

    @GET
    @Path("stage/{id}")
    public CompletionStage<String> stage(@PathParam("id") String id) {
      return CompletableFuture.supplyAsync(() -> "stage " + id);
    }

    @POST
    @Path("posted")
    public String posted() {
      return "posted";
    }

    @GET
    @Path("denied/{id}")
    @Denied
    public String denied() {
      return "not reached";
    }

    @Path("{id}/items")
    public Items items(@PathParam("id") String id) {
      return new Items();
    }
  }

  /** What a locator finds; it may be found below several. */
  public static class Items {
    @GET
    public String all() {
      return "items";
    }

    @GET
    @Path("{item}")
    public String item(@PathParam("item") String item) {
      return item;
    }

    @Path("{item}/labels")
    public Labels labels() {
      return new Labels();
    }

    @Path("none")
    public Labels none() {
      return null;
    }
  }

  /** What a locator finds below another. */
  public static class Labels {
    @GET
    @Path("{name}")
    public String label(@PathParam("name") String name) {
      return name;
    }
  }

  /** The same sub-resource below another path. */
  @Path("lookups/{shop}/")
  public static class Lookups {
    @Path("/")
    public Items items() {
      return new Items();
    }
  }

  /** A page that stands for errors. */
  @Path("errors")
  public static class Errors {
    @GET
    @Path("of/the/shop")
    public String error() {
      return "sorry";
    }
  }

  /** Everything below a path. */
  @Path("/files/")
  public static class Files {
    @GET
    @Path("{path:.+}")
    public String file(@PathParam("path") String path) {
      return path;
    }
  }

  /** Methods without a common path. */
  @Path("/")
  public static class Root {
    @GET
    public String home() {
      return "home";
    }

    @GET
    @Path("/ping")
    public String ping() {
      return "pong";
    }
  }

  /** Answers one kind of exception. */
  public static class Sorry implements ExceptionMapper<UnsupportedOperationException> {
    @Override
    public Response toResponse(UnsupportedOperationException exception) {
      return Response.status(409).entity("sorry").build();
    }
  }

  /** Marks what the filter denies. */
  @NameBinding
  @Retention(RetentionPolicy.RUNTIME)
  public @interface Denied {}

  /** Answers instead of the method. */
  @Denied
  public static class Denial implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      request.abortWith(Response.status(401).entity("denied").build());
    }
  }
}
