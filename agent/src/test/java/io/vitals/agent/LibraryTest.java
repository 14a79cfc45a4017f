/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitals.agent.packaging.LibraryFile;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaging has put into the agent's jar is found there again, and nothing else. */
class LibraryTest {
  @TempDir Path folder;
  private final Map<String, byte[]> files = new TreeMap<>();

  @BeforeEach
  void fill() {
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      byte[] content = new byte[random.nextInt(3000)];
      if (i % 3 != 0) {
        random.nextBytes(content);
      }
      files.put("some/where/File" + i + ".class", content);
    }
    // Texts of one hash, and what lies at both ends of all hashes.
    files.put("Aa", text("one"));
    files.put("BB", text("the other"));
    files.put("", text("without a name"));
    files.put("polygenelubricants", text("the smallest hash"));
    files.put("groß", text("beyond ASCII"));
    files.put("empty", new byte[0]);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private File jar(String entryName, byte[] content) throws IOException {
    Path jar = folder.resolve("agent.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      ZipEntry entry = new ZipEntry(entryName);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      CRC32 sum = new CRC32();
      sum.update(content);
      entry.setCrc(sum.getValue());
      out.putNextEntry(entry);
      out.write(content);
    }
    return jar.toFile();
  }

  @Test
  void everyFile_isReadAsItWasWritten() throws IOException {
    try (Library library = new Library(jar(Library.ENTRY, LibraryFile.write(files)))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        assertThat(library.has(file.getKey())).isTrue();
        assertThat(library.read(file.getKey())).as(file.getKey()).isEqualTo(file.getValue());
      }
    }
  }

  @Test
  void whatIsNotThere_isNull() throws IOException {
    files.remove("BB");
    try (Library library = new Library(jar(Library.ENTRY, LibraryFile.write(files)))) {
      for (String name : Arrays.asList("BB", "some/where", "File1.class", "zzz")) {
        assertThat(library.has(name)).isFalse();
        assertThat(library.read(name)).as(name).isNull();
      }
    }
  }

  @Test
  void damagedFile_isNamed_theOthersAreRead() throws IOException {
    files.keySet().retainAll(Arrays.asList("Aa", "groß"));
    byte[] content = LibraryFile.write(files);
    // The last file's, whose first byte then names a kind of block that there is not.
    Arrays.fill(
        content, content.length - text("beyond ASCII").length - 2, content.length, (byte) 7);

    try (Library library = new Library(jar(Library.ENTRY, content))) {
      assertThatThrownBy(() -> library.read("groß"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("groß is damaged");
      assertThat(library.read("Aa")).isEqualTo(text("one"));
    }
  }

  @Test
  void jarWithoutLibrary_isRefusedByName() throws IOException {
    File jar = jar("something", new byte[4]);

    assertThatThrownBy(() -> new Library(jar))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining(Library.ENTRY)
        .hasMessageContaining(jar.getName());
  }
}
