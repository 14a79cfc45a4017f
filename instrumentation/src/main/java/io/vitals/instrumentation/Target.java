/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A type, or the types below one, and the advice on its methods. */
public final class Target {
  private final String typeName;
  private final boolean below;
  private final List<Advised> advised = new ArrayList<>();
  private String foundBy;

  Target(String typeName, boolean below) {
    this.typeName = typeName;
    this.below = below;
  }

  /**
   * Puts advice on the concrete methods with a name and the start of a descriptor.
   *
   * @param method the method's name; {@code <init>} for constructors
   * @param descriptor how the JVM descriptor begins: {@code "()"} no argument, {@code
   *     "(Ljava/lang/String;"} a string first, {@code "("} any
   * @param advice the nested class with the advice
   */
  public Target advise(String method, String descriptor, Class<?> advice) {
    advised.add(new Advised(method, descriptor, advice, Collections.<String>emptyList(), false));
    return this;
  }

  /**
   * Puts one of two pieces of advice on the concrete methods with a name, by the type that they
   * declare to return; bridge methods are passed over, as they call what they bridge to.
   *
   * @param results descriptors of types
   * @param advice for methods that return one of these
   * @param otherwise for all others
   */
  public Target adviseByResult(
      String method, List<String> results, Class<?> advice, Class<?> otherwise) {
    advised.add(new Advised(method, "(", advice, results, true));
    advised.add(new Advised(method, "(", otherwise, results, false));
    return this;
  }

  /**
   * Has the scan for types below look for this method instead of those with advice: one that all of
   * them declare, where the names of those with advice are everybody's.
   *
   * @param descriptor the whole of it
   */
  public Target foundBy(String method, String descriptor) {
    foundBy = method + descriptor;
    return this;
  }

  /** The method that tells types below, with its descriptor; null if those with advice do. */
  public String foundBy() {
    return foundBy;
  }

  /** The fully-qualified name of the type. */
  public String typeName() {
    return typeName;
  }

  /** Whether the types below are meant, instead of the type itself. */
  public boolean below() {
    return below;
  }

  /** The advice in the order in which it is applied. */
  public List<Advised> advised() {
    return Collections.unmodifiableList(advised);
  }

  /** Advice on the methods with one name and descriptor. */
  public static final class Advised {
    private final String method;
    private final String descriptor;
    private final String advice;
    private final List<String> results;
    private final boolean returned;

    Advised(
        String method, String descriptor, Class<?> advice, List<String> results, boolean returned) {
      this.method = method;
      this.descriptor = descriptor;
      this.advice = advice.getName();
      this.results = results;
      this.returned = returned;
    }

    /**
     * Whether a method of the woven type is meant, if it is no bridge, which the compiler makes to
     * call one with another descriptor.
     */
    public boolean matches(String name, String methodDescriptor) {
      if (!method.equals(name) || !methodDescriptor.startsWith(descriptor)) {
        return false;
      }
      if (results.isEmpty()) {
        return true;
      }
      String result = methodDescriptor.substring(methodDescriptor.indexOf(')') + 1);
      return results.contains(result) == returned;
    }

    /** Whether it would put the same advice on the same methods. */
    public boolean isSameAs(Advised other) {
      return method.equals(other.method)
          && descriptor.equals(other.descriptor)
          && advice.equals(other.advice);
    }

    /** The method's name. */
    public String method() {
      return method;
    }

    /** How the method's descriptor begins. */
    public String descriptor() {
      return descriptor;
    }

    /** The class name of the advice. */
    public String advice() {
      return advice;
    }
  }
}
