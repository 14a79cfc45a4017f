/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.agent.extension.Extension;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.rule.Expression;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What extensions bring, and what becomes of those that misbehave. */
class ExtensionsTest {
  @TempDir Path folder;

  private Extensions extensions;
  private long now = 1_000_000_000_000L;

  @AfterEach
  void close() {
    if (extensions != null) {
      extensions.close();
    }
  }

  /** A jar with these extensions. */
  private Path jar(String name, Class<?>... types) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("META-INF/services/" + Extension.class.getName()));
      String names = Stream.of(types).map(Class::getName).collect(Collectors.joining("\n"));
      entries.write(names.getBytes(StandardCharsets.UTF_8));
      for (Class<?> type : types) {
        for (String each : new String[] {type.getName(), type.getName() + "$1"}) {
          String file = each.replace('.', '/') + ".class";
          try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            if (in != null) {
              entries.putNextEntry(new JarEntry(file));
              entries.write(in.readAllBytes());
            }
          }
        }
      }
    }
    return jar;
  }

  private void load(Path... places) {
    String paths = Stream.of(places).map(Path::toString).collect(Collectors.joining(","));
    extensions = new Extensions(Config.of(null, Map.of("vitals.extensions", paths), Map.of()));
    extensions.catalogue();
  }

  private List<MetricData> measure() {
    List<MetricData> measured = new ArrayList<>();
    now += 1_000_000_000;
    extensions.measure(now, measured);
    return measured;
  }

  /** Measures again where a machine under load was too slow the first time. */
  private List<MetricData> measureUntilThereIs(String name) throws InterruptedException {
    List<MetricData> measured = measure();
    for (int look = 0; metric(measured, name) == null && look < 200; look++) {
      Thread.sleep(50);
      measured = measure();
    }
    assertThat(metric(measured, name)).as(name).isNotNull();
    return measured;
  }

  private static MetricData metric(List<MetricData> all, String name) {
    return all.stream().filter(each -> each.getName().equals(name)).findFirst().orElse(null);
  }

  /** Failures by extension and reason. */
  private Map<String, Long> failures(List<MetricData> all) {
    Map<String, Long> counts = new TreeMap<>();
    MetricData failures = metric(all, "vitals.agent.extension.failures");
    if (failures != null) {
      for (LongPointData point : failures.getLongSumData().getPoints()) {
        String extension = point.getAttributes().get(AttributeKey.stringKey("extension"));
        String reason = point.getAttributes().get(AttributeKey.stringKey("reason"));
        counts.put(extension.replace(folder + "/", "") + " " + reason, point.getValue());
      }
    }
    return counts;
  }

  @Test
  void metrics_areReadByRulesAndExported() throws Exception {
    load(jar("good.jar", Unruly.Good.class));
    Expression rule = Expression.parse("max(good.share) by (part) > 20%", extensions.catalogue());
    assertThat(rule.metrics()).containsExactly("good.share");
    assertThat(catchThrowable(() -> Expression.parse("good.share > 1s", extensions.catalogue())))
        .hasMessageContaining("ratio");
    List<MetricData> measured = measureUntilThereIs("good.share");
    assertThat(metric(measured, "good.share").getDoubleGaugeData().getPoints())
        .extracting(DoublePointData::getValue)
        .containsExactly(0.25);
    assertThat(metric(measured, "good.total").getDoubleSumData().isMonotonic()).isTrue();
    assertThat(metric(measured, "good.total").getInstrumentationScopeInfo().getName())
        .isEqualTo("good");
    assertThat(failures(measured)).doesNotContainKey("good measure");

    List<MetricData> exported = new ArrayList<>();
    extensions
        .exported(
            Resource.getDefault(),
            InstrumentationScopeInfo.create("io.vitals"),
            ExportForm.CUMULATIVE,
            1)
        .collect(now, exported);
    assertThat(metric(exported, "good.total").getResource()).isEqualTo(Resource.getDefault());
    assertThat(metric(exported, "good.total").getDoubleSumData().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.CUMULATIVE);
  }

  @Test
  void oneThatThrowsOrHangs_costsTheOthersNothing() throws Exception {
    load(
        jar("bad.jar", Unruly.Hanging.class, Unruly.Throwing.class),
        jar("good.jar", Unruly.Good.class));
    long start = System.nanoTime();
    List<MetricData> all = new ArrayList<>();
    List<MetricData> last = List.of();
    for (int look = 0; look < 50; look++) {
      last = measure();
      all.addAll(last);
    }
    // Waiting for the one that hangs would be fifty times 100 ms.
    assertThat(System.nanoTime() - start).isLessThan(4_000_000_000L);
    assertThat(metric(all, "good.share")).isNotNull();
    assertThat(metric(all, "throwing.share")).isNull();
    assertThat(failures(last)).containsEntry("hanging slow", 50L).containsKey("throwing measure");
  }

  @Test
  void slowOne_isReadOneLookLater() throws Exception {
    load(jar("slow.jar", Unruly.Slow.class));
    assertThat(metric(measure(), "slow.share")).isNull();
    measureUntilThereIs("slow.share");
  }

  @Test
  void series_areBounded() throws Exception {
    load(jar("many.jar", Unruly.Many.class));
    List<MetricData> measured = measureUntilThereIs("many.things");
    assertThat(metric(measured, "many.things").getDoubleSumData().getPoints()).hasSize(1000);
    assertThat(failures(measured)).containsKey("many series_limit");
  }

  @Test
  void whatCannotBeUsed_isLeftOutAndCounted() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar");
    Path several = Files.createDirectory(folder.resolve("several"));
    Files.move(jar("a.jar", Unruly.Good.class), several.resolve("a.jar"));
    Files.copy(broken, several.resolve("b.jar"));
    load(
        broken,
        folder.resolve("none.jar"),
        jar("empty.jar"),
        jar("unmade.jar", Unruly.Unmade.class, Unruly.Usurper.class),
        several,
        jar("again.jar", Unruly.Good.class));
    List<MetricData> measured = measureUntilThereIs("good.share");
    assertThat(metric(measured, "jvm.memory.used")).isNull();
    Map<String, Long> failures = failures(measured);
    failures.remove("good slow");
    assertThat(failures)
        .containsOnly(
            Map.entry("broken.jar load", 1L),
            Map.entry("none.jar load", 1L),
            Map.entry("empty.jar load", 1L),
            Map.entry("unmade.jar load", 2L),
            Map.entry("several load", 1L),
            Map.entry("again.jar load", 1L));
  }

  @Test
  void channelThatHangsWhenOpened_isAnErrorInTime() throws Exception {
    load(jar("closed.jar", Unruly.Closed.class));
    OwnChannelType type = extensions.channelTypes().get("never");
    assertThat(catchThrowable(() -> type.open(Map.of())))
        .hasMessageContaining("no answer within 1000 ms");
  }

  @Test
  void classes_areTheExtensionsOwn() throws Exception {
    Path jar = jar("good.jar", Unruly.Good.class);
    try (ExtensionLoader loader = new ExtensionLoader(new URL[] {jar.toUri().toURL()})) {
      assertThat(loader.loadClass(Extension.class.getName())).isSameAs(Extension.class);
      assertThat(loader.loadClass(Unruly.Good.class.getName()).getClassLoader()).isSameAs(loader);
      assertThat(catchThrowable(() -> loader.loadClass("org.slf4j.Logger")))
          .isInstanceOf(ClassNotFoundException.class);
      assertThat(catchThrowable(() -> loader.loadClass(Extensions.class.getName())))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }
}
