/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A span with its children, oldest first.
 *
 * @param span the span itself
 * @param children what it is the parent of
 */
record TraceTree(ReceivedSpan span, List<TraceTree> children) {
  /** The trees of all spans; a span whose parent did not arrive is the root of one. */
  static List<TraceTree> of(List<ReceivedSpan> spans) {
    List<ReceivedSpan> inOrder = new ArrayList<>(spans);
    inOrder.sort(Comparator.comparingLong(ReceivedSpan::startNanos));
    Map<String, TraceTree> byId = new LinkedHashMap<>();
    for (ReceivedSpan span : inOrder) {
      TraceTree twin = byId.put(span.spanId(), new TraceTree(span, new ArrayList<>()));
      if (twin != null) {
        throw new IllegalArgumentException("span id twice: " + span + " and " + twin.span);
      }
    }
    List<TraceTree> roots = new ArrayList<>();
    for (TraceTree tree : byId.values()) {
      TraceTree parent = byId.get(tree.span.parentId());
      (parent == null ? roots : parent.children).add(tree);
    }
    return roots;
  }

  /** How many spans the tree has. */
  int size() {
    return 1 + children.stream().mapToInt(TraceTree::size).sum();
  }

  /** One line for each span, children below their parent and indented with two spaces. */
  String lines(Function<ReceivedSpan, String> text) {
    StringBuilder lines = new StringBuilder();
    lines(text, "", lines);
    return lines.toString();
  }

  private void lines(Function<ReceivedSpan, String> text, String indent, StringBuilder lines) {
    lines.append(indent).append(text.apply(span)).append('\n');
    for (TraceTree child : children) {
      child.lines(text, indent + "  ", lines);
    }
  }

  /** The shape of the tree: kind and name of each span, one a line. */
  String shape() {
    return lines(span -> span.kind() + " " + span.name());
  }

  /** The first span, depth first, of that kind and name; fails if there is none. */
  ReceivedSpan find(String kind, String name) {
    Map<String, ReceivedSpan> byName = new HashMap<>();
    index(byName);
    ReceivedSpan found = byName.get(kind + " " + name);
    if (found == null) {
      throw new AssertionError("no span " + kind + " " + name + " in\n" + shape());
    }
    return found;
  }

  private void index(Map<String, ReceivedSpan> byName) {
    byName.putIfAbsent(span.kind() + " " + span.name(), span);
    children.forEach(child -> child.index(byName));
  }
}
