/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.vitals.exporter.rule.Catalogue;
import io.vitals.exporter.yaml.FileFault;
import java.io.File;
import java.io.IOException;

/** The file that rules are read from, looked at again and again. */
final class RulesFile {
  private final File file;
  private long modifiedMillis = -1;
  private long length = -1;

  RulesFile(String path) {
    this.file = new File(path);
  }

  /** Whether the file is another one than at the last look. */
  boolean hasChanged() {
    long modified = file.lastModified();
    long size = file.length();
    boolean changed = modified != modifiedMillis || size != length;
    modifiedMillis = modified;
    length = size;
    return changed;
  }

  /**
   * Reads the rules.
   *
   * @param catalogue the metrics that they may read
   * @throws FileFault where something in the file is wrong, or the file cannot be read
   */
  RuleSet read(Catalogue catalogue) throws FileFault {
    try {
      return RuleSet.read(file, catalogue);
    } catch (IOException e) {
      String found = file.exists() ? "a file that cannot be read" : "no such file";
      throw new FileFault(file.getPath(), 1, 1, found, "a readable file (vitals.alerts.file)");
    }
  }

  @Override
  public String toString() {
    return file.getPath();
  }
}
