/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Says for one library which types and methods are woven, with which advice and which helpers.
 *
 * <p>A subclass declares everything in its constructor and holds its advice as nested classes, so
 * that a hook is read top to bottom in one file. It is built once while the agent is packaged, for
 * the index, and once at run time, when the first of its types is loaded.
 *
 * <p>What is woven may also stand in the configuration: a hook that says {@link #methodsNamedBy}
 * has entries in the index from the start of a process whose configuration has that property, and
 * costs nothing in any other.
 *
 * <p>Advice is inlined into the library's code. It may use the classes of {@code bootstrap}, the
 * library's own types, and the helpers it names; nothing else. A helper is defined in the class
 * loader of the woven type when that is woven, so its supertypes must not be types that this hook
 * weaves; types of the boot loader and of named modules can have no helper.
 */
public abstract class Hook {
  private final List<String> names;
  private final List<Target> targets = new ArrayList<>();
  private final List<String> helpers = new ArrayList<>();
  private final List<String> exceptions = new ArrayList<>();
  private final List<String> stoodInFor = new ArrayList<>();
  private String property;

  /**
   * Makes a hook.
   *
   * @param names what it is called in {@code otel.instrumentation.<name>.enabled}; the first is the
   *     one shown
   */
  protected Hook(String... names) {
    this.names = Collections.unmodifiableList(Arrays.asList(names));
  }

  /** Weaves the class with this name. */
  protected final Target type(String name) {
    return add(new Target(name, false));
  }

  /**
   * Weaves each class below a class or interface, found by a scan of class files for the methods
   * that the target declares.
   */
  protected final Target typesBelow(String name) {
    return add(new Target(name, true));
  }

  /**
   * Leaves the classes of packages as they are, although they are below a type of this hook: they
   * only pass on to what is woven itself.
   */
  protected final void except(String... packages) {
    exceptions.addAll(Arrays.asList(packages));
  }

  /**
   * Leaves the types below as they are in a class loader where, or above which, one of these
   * helpers was defined: its hook is at work there already, and this one stands in where there is
   * none.
   */
  protected final void standsInFor(Class<?>... helpers) {
    for (Class<?> helper : helpers) {
      stoodInFor.add(helper.getName());
    }
  }

  /**
   * Weaves the methods that the value of a property names, {@code
   * type[method,method];type[method]}, with what {@link #advise} puts on them; without that
   * property the hook is off.
   */
  protected final void methodsNamedBy(String name) {
    property = name;
  }

  /**
   * Puts advice on the methods with a name of a type that the configuration names; called for the
   * type itself, and but for constructors also for the types below it.
   */
  protected void advise(Target target, String method) {
    throw new UnsupportedOperationException(name() + " weaves nothing that is named by " + method);
  }

  /** Names a class that advice calls, to be defined beside the woven types; in dependency order. */
  protected final void helper(Class<?> helper) {
    helpers.add(helper.getName());
  }

  /**
   * Names a helper that is below a type of the library: only there can it be loaded.
   *
   * @param name its simple name; it lies in the hook's package
   */
  protected final void helper(String name) {
    String hook = getClass().getName();
    helpers.add(hook.substring(0, hook.lastIndexOf('.') + 1) + name);
  }

  private Target add(Target target) {
    targets.add(target);
    return target;
  }

  /** The first name. */
  public final String name() {
    return names.get(0);
  }

  /** All names, any of which switches the hook. */
  public final List<String> names() {
    return names;
  }

  /** Whether the hook is on where the configuration does not say. */
  public boolean enabledByDefault() {
    return true;
  }

  /** The property whose value names methods to weave, or null. */
  public final String property() {
    return property;
  }

  /** Adds what the value of the property names: methods by the type they are named with. */
  public final void weave(Map<String, List<String>> methodsByType) {
    for (Map.Entry<String, List<String>> type : methodsByType.entrySet()) {
      Target itself = type(type.getKey());
      Target below = typesBelow(type.getKey());
      for (String method : type.getValue()) {
        advise(itself, method);
        if (!method.equals("<init>")) {
          advise(below, method);
        }
      }
    }
  }

  /** What is woven. */
  public final List<Target> targets() {
    return Collections.unmodifiableList(targets);
  }

  /** The packages whose classes are not woven for being below a type. */
  public final List<String> exceptions() {
    return Collections.unmodifiableList(exceptions);
  }

  /** Class names of the helpers of those hooks that this one stands in for. */
  public final List<String> stoodInFor() {
    return Collections.unmodifiableList(stoodInFor);
  }

  /** Class names of the helpers, in the order in which they are defined. */
  public final List<String> helpers() {
    return Collections.unmodifiableList(helpers);
  }
}
