/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A text of an annotation with places for values: {@code {{ $value }}}, {@code {{ $threshold }}}
 * and {@code {{ $labels.http.route }}}.
 *
 * <p>Immutable; rendered only when a state changes.
 */
final class Template {
  private static final String LABELS = "$labels.";

  /** Longer than any sentence that somebody reads at night. */
  private static final int LONGEST = 4096;

  /** Literal texts and, at odd places, the names between them. */
  private final List<String> parts = new ArrayList<>();

  private Template() {}

  /** Reads a template; names the place of a value that nobody knows. */
  static Template of(YamlNode node) throws FileFault {
    String text = node.text();
    if (text.length() > LONGEST) {
      throw node.fault(text.length() + " characters", "at most " + LONGEST);
    }
    Template template = new Template();
    int from = 0;
    for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", from)) {
      int close = text.indexOf("}}", open);
      if (close < 0) {
        throw node.fault("{{ without }}", "}} after the name");
      }
      String name = text.substring(open + 2, close).trim();
      if (!name.equals("$value") && !name.equals("$threshold") && !isLabel(name)) {
        throw node.fault(
            "{{ " + name + " }}", "{{ $value }}, {{ $threshold }} or {{ $labels.<name> }}");
      }
      template.parts.add(text.substring(from, open));
      template.parts.add(name);
      from = close + 2;
    }
    template.parts.add(text.substring(from));
    return template;
  }

  private static boolean isLabel(String name) {
    return name.startsWith(LABELS) && name.length() > LABELS.length();
  }

  /** The text with its values; a label that is not there is empty. */
  String render(double value, double threshold, String unit, Map<String, String> labels) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (i % 2 == 0) {
        text.append(part);
      } else if (part.equals("$value")) {
        text.append(ValueText.of(value, unit));
      } else if (part.equals("$threshold")) {
        text.append(ValueText.of(threshold, unit));
      } else {
        String label = labels.get(part.substring(LABELS.length()));
        text.append(label == null ? "" : label);
      }
    }
    return text.toString();
  }
}
