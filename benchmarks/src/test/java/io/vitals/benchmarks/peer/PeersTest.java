/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitals.instrumentation.method.Monitored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of peers are read whole, and a bad line is named. */
class PeersTest {
  @TempDir Path folder;

  @BeforeEach
  void baseline() throws IOException {
    write("none", "traces: 0");
  }

  @Test
  void thePeersOfTheProject_areReadable() throws IOException {
    List<Peer> peers = Peers.read(Path.of("peers"));
    assertThat(peers.get(0).name()).isEqualTo(Peer.NONE);
    assertThat(peers.get(0).lines()).isEmpty();
    assertThat(peers)
        .extracting(Peer::name)
        .contains(
            Peer.VITALS,
            "vitals-1percent",
            "vitals-unsampled",
            "vitals-off",
            Peer.OPENTELEMETRY,
            "opentelemetry-lean",
            "elastic",
            "datadog",
            Peer.FLOOR);
    assertThat(peers.subList(1, peers.size()))
        .filteredOn(peer -> !peer.name().equals(Peer.FLOOR))
        .allSatisfy(
            peer -> {
              assertThat(peer.lines()).contains("-javaagent:${jar}");
              assertThat(peer.lines()).anyMatch(line -> line.endsWith("${endpoint}"));
              boolean variant = !peer.product().equals(peer.name());
              assertThat(peer.methods()).hasSize(variant ? 0 : 1);
              assertThat(peer.methods()).allMatch(flag -> flag.contains(Monitored.class.getName()));
            });
  }

  @Test
  void flags_haveTheJarOfTheProductAndTheEndpoint() throws IOException {
    write("acme-lean", "# why", "", "traces: 0.5", "-javaagent:${jar}", " -Durl=${endpoint}/v1 ");
    Path jar = Files.createFile(folder.resolve("acme.jar"));
    Peer peer = Peers.read(folder).get(1);
    assertThat(peer.name()).isEqualTo("acme-lean");
    assertThat(peer.product()).isEqualTo("acme");
    assertThat(peer.traces()).isEqualTo(0.5);
    assertThat(peer.flags(folder, "http://127.0.0.1:1"))
        .containsExactly("-javaagent:" + jar, "-Durl=http://127.0.0.1:1/v1");
  }

  @Test
  void methods_areNamedOnlyWhereTheyAreMeasured() throws IOException {
    write("acme", "traces: 1", "-javaagent:${jar}", "methods: -Dmethods=Monitored");
    write("other", "traces: 1", "-javaagent:${jar}");
    List<Peer> peers = Peers.read(folder);
    assertThat(peers)
        .filteredOn(Peer::takesMethods)
        .extracting(Peer::name)
        .containsExactly("none", "acme");
    assertThat(peers.get(1).lines()).containsExactly("-javaagent:${jar}");
    assertThat(peers.get(1).ofMethods().lines())
        .containsExactly("-javaagent:${jar}", "-Dmethods=Monitored");
  }

  @Test
  void aMissingJar_isNamed() throws IOException {
    write("acme", "traces: 1", "-javaagent:${jar}");
    Peer peer = Peers.read(folder).get(1);
    assertThatThrownBy(() -> peer.flags(folder, "http://127.0.0.1:1"))
        .hasMessageContaining("acme.jar")
        .hasMessageContaining("-Pbenchmarks");
  }

  @ParameterizedTest
  @CsvSource({
    "Xmx1g, begins with a dash",
    "-Dport=${port}, ${port}",
    "methods: -Dport=${port}, ${port}",
    "traces: 2, from 0 to 1",
    "traces: all, from 0 to 1",
    "traces: 1, twice",
  })
  void aBadLine_isNamedWithFileAndLine(String line, String what) throws IOException {
    write("acme", "# a comment", line, "traces: 1");
    String place = what.equals("twice") ? "acme.args:3: " : "acme.args:2: ";
    assertThatThrownBy(() -> Peers.read(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(place)
        .hasMessageContaining(what);
  }

  @Test
  void aFileWithoutShare_isRefused() throws IOException {
    write("acme", "-javaagent:${jar}");
    assertThatThrownBy(() -> Peers.read(folder)).hasMessageContaining("acme.args:1: no line");
  }

  @Test
  void aFolderWithoutBaseline_isRefused() throws IOException {
    Files.delete(folder.resolve("none.args"));
    assertThatThrownBy(() -> Peers.read(folder)).hasMessageContaining("none.args");
  }

  @Test
  void named_keepsTheOrderAskedForAndNamesWhatThereIs() throws IOException {
    write("acme", "traces: 1");
    List<Peer> peers = Peers.read(folder);
    assertThat(Peers.named(peers, List.of("acme", "none")))
        .extracting(Peer::name)
        .containsExactly("acme", "none");
    assertThatThrownBy(() -> Peers.named(peers, List.of("other")))
        .hasMessageContaining("\"other\"")
        .hasMessageContaining("none, acme");
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name + ".args"), List.of(lines));
  }
}
