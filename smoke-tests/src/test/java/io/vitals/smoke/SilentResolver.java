/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An application's own resolver, which asks a name server that never answers. */
final class SilentResolver {
  /** The first of the matrix in which an application can bring a resolver. */
  static final int VERSION = 21;

  private SilentResolver() {}

  /** The command line of {@link Program#JDK_SHOP} with it, once it is compiled into the folder. */
  static Jvm jvm(Path folder, DatagramSocket names) {
    List<Path> path = new ArrayList<>(Program.JDK_SHOP.classPath());
    path.add(folder);
    return Jvm.version(VERSION)
        .property("names.port", Integer.toString(names.getLocalPort()))
        .classPath(path);
  }

  /** Compiles it into a folder, to be part of a class path. */
  static void compile(Path folder) throws IOException {
    Path source = Path.of("src/programs/resolver/java/io/example/resolver/SilentNames.java");
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("java.net.spi.InetAddressResolverProvider"),
        "io.example.resolver.SilentNames");
    try (ForkedJvm compiler =
        Jvm.version(VERSION)
            .startTool("javac", "-d", folder.toString(), source.toAbsolutePath().toString())) {
      assertThat(compiler.awaitExit()).as(compiler::toString).isZero();
    }
  }
}
