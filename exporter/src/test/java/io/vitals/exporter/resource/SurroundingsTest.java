/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.resource;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.vitals.exporter.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the resource says of this process, and what it keeps to itself. */
class SurroundingsTest {
  private static final String ID =
      "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90";

  @TempDir Path root;

  @Test
  void resource_describesThisProcess() {
    Attributes attributes =
        Surroundings.detect(
                Config.of(
                    null,
                    Map.of(
                        "otel.resource.attributes",
                        "service.name=shop,host.name=mine,team=a%2Cb",
                        "otel.resource.disabled.keys",
                        "process.command_args"),
                    Map.of()),
                "1.2.3")
            .getAttributes();

    assertThat(attributes.get(stringKey("service.name"))).isEqualTo("shop");
    assertThat(attributes.get(stringKey("host.name"))).isEqualTo("mine");
    assertThat(attributes.get(stringKey("team"))).isEqualTo("a,b");
    assertThat(attributes.get(longKey("process.pid"))).isEqualTo(ProcessHandle.current().pid());
    assertThat(attributes.get(stringKey("process.runtime.version")))
        .isEqualTo(System.getProperty("java.runtime.version"));
    assertThat(attributes.get(stringKey("telemetry.distro.name"))).isEqualTo("vitals");
    assertThat(attributes.get(stringKey("telemetry.distro.version"))).isEqualTo("1.2.3");
    assertThat(attributes.get(stringKey("telemetry.sdk.language"))).isEqualTo("java");
    assertThat(attributes.get(stringKey("service.instance.id"))).hasSize(36).contains("-4");
    assertThat(attributes.asMap().keySet())
        .noneMatch(key -> key.getKey().equals("process.command_args"));
  }

  @Test
  void processNumber_isThatOfThisProcess() {
    assertThat(ProcessFacts.pid()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void secretsOnCommandLine_areMasked() {
    assertThat(
            CommandArguments.masked(
                List.of(
                    "java",
                    "-javaagent:v.jar=otel.service.name=s;otel.exporter.otlp.headers=a=b,c=d",
                    "-Ddb.password=hunter2",
                    "-Dserver.port=80",
                    "-DACCESS_TOKEN=t",
                    "--api-key=k",
                    "password=shown")))
        .containsExactly(
            "java",
            "-javaagent:v.jar=otel.service.name=s;otel.exporter.otlp.headers=***",
            "-Ddb.password=***",
            "-Dserver.port=80",
            "-DACCESS_TOKEN=***",
            "--api-key=***",
            "password=shown");
  }

  @Test
  void containerId_isReadFromControlGroups() throws IOException {
    write("proc/self/cgroup", "12:memory:/docker/" + ID + "\n0::/\n");
    assertThat(new ProcFiles(root.toFile()).containerId()).isEqualTo(ID);

    write("proc/self/cgroup", "1:name=systemd:/kubepods/cri-containerd-" + ID + ".scope\n");
    assertThat(new ProcFiles(root.toFile()).containerId()).isEqualTo(ID);
  }

  @Test
  void containerId_isReadFromMounts() throws IOException {
    write("proc/self/cgroup", "0::/\n");
    write(
        "proc/self/mountinfo",
        "1 2 8:1 /var/lib/docker/containers/" + ID + "/hostname /etc/hostname rw - ext4 d rw\n");

    assertThat(new ProcFiles(root.toFile()).containerId()).isEqualTo(ID);
  }

  @Test
  void noContainer_hasNoId() throws IOException {
    assertThat(new ProcFiles(root.toFile()).containerId()).isNull();
    write("proc/self/cgroup", "0::/user.slice/user-0.slice/session-1.scope\n");
    assertThat(new ProcFiles(root.toFile()).containerId()).isNull();
  }

  private void write(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
