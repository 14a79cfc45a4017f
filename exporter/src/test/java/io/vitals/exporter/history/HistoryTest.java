/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vitals.exporter.Rig;
import io.vitals.exporter.aggregate.Interval;
import io.vitals.exporter.aggregate.Metric;
import io.vitals.exporter.aggregate.Rollup;
import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.alert.AlertState;
import io.vitals.exporter.alert.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered in memory and on disk. */
class HistoryTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MB = 1L << 20;

  @TempDir Path folder;

  private final Rig rig = new Rig();
  private final Rollup rollup = rig.aggregator.rollup();

  private Interval interval(int requests, int failed, long nanos) {
    for (int i = 0; i < requests; i++) {
      rig.handoff.offer(Rig.request("/a", i < failed ? 500 : 200, nanos));
    }
    rig.clock.advance(10 * SECOND);
    return rig.aggregator.read(rollup);
  }

  private HistoryFiles files(long retention, long mostBytes) {
    return new HistoryFiles(folder.toFile(), "shop", retention, mostBytes);
  }

  @Test
  void day_isKeptAtFallingResolution() {
    History history = new History(null, () -> 0);
    long requests = 0;
    for (int i = 0; i < 25 * 360; i++) {
      history.closed(interval(i % 3, 0, 1_000_000));
      requests += i % 3;
    }
    List<Summary> all = history.summaries();
    assertThat(all).hasSizeBetween(460, 540);
    Summary newest = all.get(all.size() - 1);
    assertThat(newest.endEpochNanos - newest.startEpochNanos).isEqualTo(10 * SECOND);
    assertThat(all.get(0).endEpochNanos - all.get(0).startEpochNanos)
        .isBetween(590 * SECOND, 600 * SECOND);
    assertThat(newest.endEpochNanos - all.get(0).startEpochNanos)
        .isBetween(TimeUnit.HOURS.toNanos(24), TimeUnit.HOURS.toNanos(24) + 1200 * SECOND);
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).startEpochNanos).isEqualTo(all.get(i - 1).endEpochNanos);
    }
    long kept =
        all.stream()
            .map(each -> each.total(Metric.HTTP_SERVER))
            .filter(total -> total != null)
            .mapToLong(total -> total.count)
            .sum();
    assertThat(kept).isBetween(requests * 24 / 25, requests);
  }

  @Test
  void files_areReadByTheToolsOfOthers() throws IOException {
    HistoryFiles files = files(TimeUnit.DAYS.toNanos(7), 100 * MB);
    History history = new History(files, () -> 0);
    history.closed(interval(100, 7, 250_000_000));
    history.closed(interval(50, 0, 1_000_000));

    List<JsonObject> lines = new ArrayList<>();
    for (String line : Files.readAllLines(only("intervals"))) {
      lines.add(JsonParser.parseString(line).getAsJsonObject());
    }
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).get("metric").getAsString()).isEqualTo("http.server.request.duration");
    assertThat(lines.get(0).get("count").getAsLong()).isEqualTo(100);
    assertThat(lines.get(0).get("errors").getAsLong()).isEqualTo(7);
    assertThat(lines.get(0).get("p99_seconds").getAsDouble()).isBetween(0.2497, 0.2503);
    assertThat(Instant.parse(lines.get(0).get("end").getAsString()))
        .isEqualTo(Instant.parse(lines.get(1).get("start").getAsString()));

    HistogramLogReader log = new HistogramLogReader(only("durations").toFile());
    List<EncodableHistogram> histograms = new ArrayList<>();
    for (EncodableHistogram next = log.nextIntervalHistogram();
        next != null;
        next = log.nextIntervalHistogram()) {
      histograms.add(next);
    }
    assertThat(histograms).hasSize(2);
    Histogram first = (Histogram) histograms.get(0);
    assertThat(first.getTotalCount()).isEqualTo(100);
    assertThat(first.getTag()).isEqualTo("http.server.request.duration");
    assertThat(first.getValueAtPercentile(99)).isBetween(249_700_000L, 250_400_000L);
  }

  @Test
  void transitions_surviveTheProcessAndATornLine() throws IOException {
    HistoryFiles files = files(TimeUnit.DAYS.toNanos(7), 100 * MB);
    long now = System.currentTimeMillis() * 1_000_000;
    History history = new History(files, () -> 0);
    AlertEvent fired = event("f1", AlertState.FIRING, now - 60 * SECOND);
    history.changed(fired);
    history.acknowledged(fired, "eva", now - 40 * SECOND);
    Path file = only("alerts");
    Files.writeString(file, "{\"time\":\"2026-", StandardOpenOption.APPEND);

    History next = new History(files(TimeUnit.DAYS.toNanos(7), 100 * MB), () -> 0);
    next.changed(event("f2", AlertState.PENDING, now));
    assertThat(next.transitions())
        .extracting(each -> each.state, each -> each.by, each -> each.summary)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(AlertState.FIRING, null, "slow"),
            org.assertj.core.groups.Tuple.tuple(null, "eva", "slow"),
            org.assertj.core.groups.Tuple.tuple(AlertState.PENDING, null, "slow"));
    next.changed(event("f1", AlertState.RESOLVED, now));
    AlertStatistics statistics = next.statistics();
    assertThat(statistics.secondsToAcknowledge).isEqualTo(20);
    assertThat(statistics.secondsToResolve).isEqualTo(60);
    assertThat(Files.readAllLines(file).get(2)).startsWith("{\"time\":\"2026-");
  }

  @Test
  void oldFilesAndTooManyBytes_go() throws IOException {
    Path old = Files.writeString(folder.resolve("intervals-shop-2020-01-01.jsonl"), "{}\n");
    Files.setLastModifiedTime(old, FileTime.fromMillis(0));
    Path large = Files.write(folder.resolve("durations-shop-2020-01-02.hlog"), new byte[200_000]);
    Path strange = Files.writeString(folder.resolve("notes.txt"), "keep me");
    Files.setLastModifiedTime(strange, FileTime.fromMillis(0));
    History history = new History(files(TimeUnit.DAYS.toNanos(7), 100_000), () -> 0);
    rig.clock.advance(System.currentTimeMillis() * 1_000_000 - rig.clock.now());
    rig.aggregator.read(rollup);
    history.closed(interval(1, 0, 1_000));

    assertThat(old).doesNotExist();
    assertThat(large).doesNotExist();
    assertThat(strange).exists();
    assertThat(only("intervals")).exists();
  }

  @Test
  void folderThatCannotBeWritten_isCountedAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    HistoryFiles files = new HistoryFiles(file.toFile(), "shop", SECOND, MB);
    History history = new History(files, () -> 0);
    history.closed(interval(1, 0, 1_000));
    assertThat(files.failures()).isEqualTo(2);
    assertThat(history.summaries()).hasSize(1);
  }

  @Test
  void statistics_countFiringsAndTakeMeans() {
    History history = new History(null, () -> 0);
    long now = TimeUnit.DAYS.toNanos(20_000);
    for (int i = 0; i < 3; i++) {
      history.changed(event("f1", AlertState.PENDING, now));
      history.changed(event("f1", AlertState.FIRING, now + SECOND));
      history.changed(event("f1", AlertState.RECOVERING, now + 2 * SECOND));
      history.changed(event("f1", AlertState.FIRING, now + 3 * SECOND));
      history.changed(event("f1", AlertState.RESOLVED, now + (11 + i) * SECOND));
      now += 100 * SECOND;
    }
    history.changed(event("f2", AlertState.FIRING, now));
    AlertStatistics statistics = history.statistics();
    assertThat(statistics.bySeverity).containsOnly(java.util.Map.entry(Severity.HIGH, 4L));
    assertThat(statistics.byRule).containsExactly(java.util.Map.entry("Slow", 4L));
    assertThat(statistics.secondsToResolve).isEqualTo(11);
    assertThat(statistics.secondsToAcknowledge).isNaN();
  }

  private static AlertEvent event(String fingerprint, AlertState state, long epochNanos) {
    AlertEvent.Builder event = new AlertEvent.Builder();
    event.ruleName = "Slow";
    event.fingerprint = fingerprint;
    event.severity = Severity.HIGH;
    event.previous = state == AlertState.PENDING ? AlertState.INACTIVE : AlertState.PENDING;
    event.state = state;
    event.timeEpochNanos = epochNanos;
    event.summary = "slow";
    return event.build();
  }

  private Path only(String kind) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().startsWith(kind + "-shop-")).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }
}
