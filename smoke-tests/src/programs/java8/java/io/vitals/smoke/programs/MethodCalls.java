/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Calls methods of every kind, so that a test can name them in the configuration: all of them for
 * each line on standard input.
 */
public final class MethodCalls {
  /** The version of class files of Java 1.4: without stack maps and class literals. */
  private static final byte JAVA_1_4 = 48;

  private static final Class<?> OLD = old();

  private MethodCalls() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    // Loaded and run once, for an agent that comes late.
    callAll();
    System.out.println("ready");
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      callAll();
      System.out.println("called");
    }
  }

  private static void callAll() throws Exception {
    Orders orders = new Orders("book");
    orders.place(1, 2L, 3.0, "book");
    Orders.total();
    orders.countdown(3);
    try {
      orders.refuse();
    } catch (IllegalStateException expected) {
      // It is there to be thrown.
    }
    if (orders.ship() != orders.shipping) {
      System.out.println("another future");
    }
    orders.pack();
    orders.shipping.complete("shipped");
    orders.shipNow();
    orders.lose();
    orders.pack();
    orders.loss.completeExceptionally(new IllegalStateException("lost"));
    orders.shipNothing();
    orders.shipUnseen();
    new Book().price();
    new Novel().price();
    new Priced() {
      @Override
      public int price() {
        return 3;
      }
    }.price();
    new Book().discount();
    handle(new Handling(), "order");
    overflow();
    orders.pack();
    OLD.getMethod("work", int.class).invoke(null, 1);
    new BitSet().cardinality();
  }

  private static <T> T handle(Handler<T> handler, T what) {
    return handler.handle(what);
  }

  /** Methods that differ in how they are called and how they end. */
  static class Orders {
    final CompletableFuture<String> shipping = new CompletableFuture<>();
    final CompletableFuture<String> loss = new CompletableFuture<>();
    private final String what;

    Orders(String what) {
      this.what = what;
    }

    final String place(int number, long price, double weight, String text) {
      check(number);
      return what + text + price + weight;
    }

    private void check(int number) {
      if (number < 0) {
        throw new IllegalArgumentException();
      }
      new Stock().reserve();
    }

    static long total() {
      return 17L;
    }

    int countdown(int from) {
      return from == 0 ? 0 : countdown(from - 1);
    }

    void refuse() {
      throw new IllegalStateException("refused");
    }

    CompletableFuture<String> ship() {
      return shipping;
    }

    void pack() {}

    CompletableFuture<String> shipNow() {
      return CompletableFuture.completedFuture("shipped");
    }

    CompletionStage<String> lose() {
      return loss.thenApply(done -> done + "!");
    }

    CompletableFuture<String> shipNothing() {
      return null;
    }

    Object shipUnseen() {
      return new CompletableFuture<String>();
    }
  }

  /** A class of its own, called by another. */
  static final class Stock {
    int reserve() {
      return 1;
    }
  }

  /** What is named is an interface; what runs are its implementations. */
  interface Priced {
    int price();

    default int discount() {
      return 0;
    }
  }

  /** Implements it. */
  static class Book implements Priced {
    @Override
    public int price() {
      return 1;
    }
  }

  /** Is below it by its superclass, which it calls. */
  static final class Novel extends Book {
    @Override
    public int price() {
      return super.price() + 1;
    }
  }

  /** Its implementation has a bridge method beside the one in the source. */
  interface Handler<T> {
    T handle(T what);
  }

  /** Is called through the bridge method. */
  static final class Handling implements Handler<String> {
    @Override
    public String handle(String what) {
      return what;
    }
  }

  /** Calls itself until the stack is full, on a thread with a small one. */
  static final class Abyss {
    int fall(int depth) {
      return fall(depth + 1) + 1;
    }
  }

  private static void overflow() throws InterruptedException {
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                new Abyss().fall(0);
              } catch (StackOverflowError expected) {
                new Stock().reserve();
              }
            },
            "abyss",
            256 * 1024);
    thread.start();
    thread.join();
  }

  /** What the class made of old bytes looks like. */
  public static final class Old {
    private Old() {}

    public static int work(int times) {
      int done = 0;
      for (int i = 0; i < times; i++) {
        done += i > 2 ? 2 : 1;
      }
      return done;
    }
  }

  private static Class<?> old() {
    String name = MethodCalls.class.getName() + "$Old";
    try (InputStream in =
        MethodCalls.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        bytes.write(next);
      }
      return new OldLoader().define(name, bytes.toByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Defines a class with an old version. */
  private static final class OldLoader extends ClassLoader {
    OldLoader() {
      super(MethodCalls.class.getClassLoader());
    }

    Class<?> define(String name, byte[] bytes) {
      bytes[7] = JAVA_1_4;
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
