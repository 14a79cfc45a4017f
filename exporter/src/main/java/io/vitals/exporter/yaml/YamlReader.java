/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.yaml;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads a YAML text into {@link YamlNode}s. */
public final class YamlReader {
  /** A thousand rules with long texts take a third of it. */
  public static final int MOST_CHARACTERS = 1 << 20;

  /** A file of rules nests five deep; what is deeper is a mistake or meant to hurt. */
  private static final int DEEPEST = 32;

  /**
   * Aliases may repeat parts of a file, but not blow it up: ten times what a megabyte spells out.
   */
  private static final int MOST_NODES = 1_000_000;

  private final String file;
  private int nodes;

  private YamlReader(String file) {
    this.file = file;
  }

  /**
   * Reads a file in UTF-8.
   *
   * @throws IOException if it cannot be read
   */
  public static YamlNode read(File file) throws FileFault, IOException {
    try (InputStream in = new FileInputStream(file)) {
      return read(file.getPath(), in);
    }
  }

  /** Reads what a stream holds in UTF-8; no more of it than says that it is too long. */
  public static YamlNode read(String file, InputStream in) throws FileFault, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    // A character has four bytes at most.
    for (int n = in.read(buffer);
        n >= 0 && bytes.size() <= 4 * MOST_CHARACTERS;
        n = in.read(buffer)) {
      bytes.write(buffer, 0, n);
    }
    return read(file, new String(bytes.toByteArray(), StandardCharsets.UTF_8));
  }

  /**
   * Reads a text.
   *
   * @param file what the text is called in messages
   * @return the outermost value; an empty text is an empty map
   * @throws FileFault if the text is not YAML, has several documents, or nests without end
   */
  public static YamlNode read(String file, String text) throws FileFault {
    if (text.length() > MOST_CHARACTERS) {
      throw new FileFault(file, 1, 1, text.length() + " characters", "at most " + MOST_CHARACTERS);
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setAllowDuplicateKeys(false)
            .setCodePointLimit(MOST_CHARACTERS)
            .build();
    Optional<Node> root;
    try {
      root = new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      Mark at = e.getProblemMark().orElseGet(() -> e.getContextMark().orElse(null));
      throw new FileFault(
          file,
          at == null ? 1 : at.getLine() + 1,
          at == null ? 1 : at.getColumn() + 1,
          String.valueOf(e.getProblem()),
          "YAML");
    } catch (YamlEngineException | NumberFormatException e) {
      // The latter for a text that ends within an escape.
      throw new FileFault(file, 1, 1, String.valueOf(e.getMessage()), "YAML");
    }
    if (!root.isPresent()) {
      return YamlNode.nothing(file);
    }
    return new YamlReader(file).node(root.get(), 0);
  }

  private YamlNode node(Node node, int depth) throws FileFault {
    int line = line(node);
    int column = column(node);
    if (depth > DEEPEST) {
      throw new FileFault(file, line, column, "values nested deeper than " + DEEPEST, "less depth");
    }
    if (nodes++ > MOST_NODES) {
      throw new FileFault(file, line, column, "more values than " + MOST_NODES, "fewer aliases");
    }
    if (node instanceof MappingNode) {
      return map((MappingNode) node, depth, line, column);
    }
    if (node instanceof SequenceNode) {
      List<YamlNode> items = new ArrayList<>();
      for (Node item : ((SequenceNode) node).getValue()) {
        items.add(node(item, depth + 1));
      }
      return YamlNode.list(file, line, column, items);
    }
    ScalarNode scalar = (ScalarNode) node;
    return YamlNode.text(
        file, line, column, scalar.getTag() == Tag.NULL ? null : scalar.getValue());
  }

  private YamlNode map(MappingNode node, int depth, int line, int column) throws FileFault {
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Node key = tuple.getKeyNode();
      if (!(key instanceof ScalarNode)) {
        throw new FileFault(file, line(key), column(key), "a key that is no text", "a text");
      }
      String name = ((ScalarNode) key).getValue();
      YamlNode value = node(tuple.getValueNode(), depth + 1);
      if (fields.put(name, value.under(line(key), column(key))) != null) {
        throw new FileFault(
            file, line(key), column(key), "a second \"" + name + "\"", "each key once");
      }
    }
    return YamlNode.map(file, line, column, fields);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static int column(Node node) {
    return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
  }
}
