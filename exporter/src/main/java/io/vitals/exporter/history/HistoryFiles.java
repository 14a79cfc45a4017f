/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.history;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import io.vitals.exporter.aggregate.Metric;
import io.vitals.exporter.alert.AlertState;
import io.vitals.exporter.alert.Rfc3339;
import io.vitals.exporter.alert.Severity;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * The history on disk: a file a day of transitions ({@code alerts-2026-11-26.jsonl}), one of
 * summaries ({@code intervals-….jsonl}), and one of whole distributions ({@code durations-….hlog}).
 *
 * <p>Each line is written at once and whole, so that a process that is killed loses the interval
 * under way and no more. Files older than the retention go, and the oldest while all together are
 * larger than the cap. A folder that cannot be written is said once a minute at most and costs
 * nothing else. Thread-safe: people acknowledge alerts on another thread than the rules' own.
 */
public final class HistoryFiles {
  private static final String ALERTS = "alerts";
  private static final String INTERVALS = "intervals";
  private static final String DURATIONS = "durations";
  private static final long SAY_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long TIDY_EVERY_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final File folder;
  private final String owner;
  private final long retentionNanos;
  private final long mostBytes;
  private long saidNanos;
  private boolean said;
  private long tidiedEpochNanos;
  private volatile long failures;

  /**
   * Names the folder, which is made when something is written.
   *
   * @param owner tells the files of one JVM from those of others that share the folder
   */
  public HistoryFiles(File folder, String owner, long retentionNanos, long mostBytes) {
    this.folder = folder;
    this.owner = owner.replaceAll("[^A-Za-z0-9.-]", "_");
    this.retentionNanos = retentionNanos;
    this.mostBytes = mostBytes;
  }

  synchronized void write(Transition transition) {
    JsonObject line = new JsonObject();
    line.addProperty("time", Rfc3339.text(transition.epochNanos));
    line.addProperty("rule", transition.rule);
    line.addProperty("fingerprint", transition.fingerprint);
    line.addProperty("severity", transition.severity.text());
    line.addProperty("state", transition.state == null ? "acknowledged" : transition.state.text());
    if (transition.by != null) {
      line.addProperty("by", transition.by);
    }
    line.addProperty("summary", transition.summary);
    append(ALERTS, ".jsonl", transition.epochNanos, line + "\n", "");
  }

  synchronized void write(Summary summary) {
    for (Metric metric : Metric.values()) {
      Summary.Total total = summary.total(metric);
      if (total == null) {
        continue;
      }
      JsonObject line = new JsonObject();
      line.addProperty("start", Rfc3339.text(summary.startEpochNanos));
      line.addProperty("end", Rfc3339.text(summary.endEpochNanos));
      line.addProperty("metric", metric.metricName());
      line.addProperty("count", total.count);
      line.addProperty("errors", total.errors);
      line.addProperty("sum_seconds", total.sumNanos / 1e9);
      for (double quantile : new double[] {0.5, 0.9, 0.99}) {
        line.addProperty(
            "p" + Math.round(quantile * 100) + "_seconds",
            total.distribution.quantileNanos(quantile) / 1e9);
      }
      line.addProperty("max_seconds", total.maxNanos / 1e9);
      append(INTERVALS, ".jsonl", summary.endEpochNanos, line + "\n", "");
      append(
          DURATIONS,
          ".hlog",
          summary.endEpochNanos,
          HistogramLog.line(summary, metric, total),
          HistogramLog.header(summary.startEpochNanos));
    }
    tidy(summary.endEpochNanos);
  }

  private void append(String kind, String ending, long now, String text, String header) {
    String day = Instant.ofEpochSecond(0, now).atZone(ZoneOffset.UTC).toLocalDate().toString();
    File file = new File(folder, kind + "-" + owner + "-" + day + ending);
    try {
      if (!folder.isDirectory() && !folder.mkdirs()) {
        throw new IOException("cannot make the folder");
      }
      String whole = file.length() == 0 ? header + text : text;
      try (OutputStream out = new FileOutputStream(file, true)) {
        out.write(whole.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException | SecurityException unwritable) {
      failed(file, unwritable);
    }
  }

  private void failed(File file, Exception why) {
    failures++;
    long now = System.nanoTime();
    if (!said || now - saidNanos >= SAY_EVERY_NANOS) {
      said = true;
      saidNanos = now;
      LoggerFactory.getLogger(HistoryFiles.class)
          .warn("history: {} cannot be written ({}); see vitals.history.dir", file, why.toString());
    }
  }

  /** How many lines could not be written. */
  public long failures() {
    return failures;
  }

  /** Deletes what is too old or too much. */
  private void tidy(long now) {
    long since = now - tidiedEpochNanos;
    if (since >= 0 && since < TIDY_EVERY_NANOS) {
      return;
    }
    tidiedEpochNanos = now;
    List<File> files = ours();
    long bytes = 0;
    for (File file : files) {
      bytes += file.length();
    }
    for (File file : files) {
      long age = now / 1_000_000 - file.lastModified();
      if (age > retentionNanos / 1_000_000 || bytes > mostBytes) {
        bytes -= file.length();
        if (!file.delete()) {
          failed(file, new IOException("cannot be deleted"));
        }
      }
    }
  }

  /** Our files, the oldest first. */
  private List<File> ours() {
    File[] found =
        folder.listFiles(
            (dir, name) ->
                name.matches(
                    "(alerts|intervals|durations)-.*-\\d{4}-\\d\\d-\\d\\d\\.(jsonl|hlog)"));
    if (found == null) {
      return Collections.emptyList();
    }
    Arrays.sort(
        found,
        (a, b) -> {
          int byAge = Long.compare(a.lastModified(), b.lastModified());
          return byAge != 0 ? byAge : a.compareTo(b);
        });
    return Arrays.asList(found);
  }

  /** The transitions that this owner has written since then; a torn line is passed over. */
  List<Transition> transitionsSince(long epochNanos) {
    List<Transition> found = new ArrayList<>();
    for (File file : ours()) {
      if (!file.getName().startsWith(ALERTS + "-" + owner + "-")
          || file.lastModified() < epochNanos / 1_000_000) {
        continue;
      }
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          Transition read = transition(line);
          if (read != null && read.epochNanos >= epochNanos) {
            found.add(read);
          }
        }
      } catch (IOException unreadable) {
        failed(file, unreadable);
      }
    }
    found.sort((a, b) -> Long.compare(a.epochNanos, b.epochNanos));
    int size = found.size();
    return found.subList(Math.max(0, size - History.MOST_TRANSITIONS), size);
  }

  private static Transition transition(String line) {
    try {
      JsonObject read = JsonParser.parseString(line).getAsJsonObject();
      Instant time = Instant.parse(read.get("time").getAsString());
      String state = read.get("state").getAsString();
      return new Transition(
          TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano(),
          read.get("fingerprint").getAsString(),
          read.get("rule").getAsString(),
          Severity.of(read.get("severity").getAsString()),
          state.equals("acknowledged") ? null : state(state),
          read.has("by") ? read.get("by").getAsString() : null,
          read.get("summary").getAsString());
    } catch (JsonSyntaxException | IllegalStateException | NullPointerException torn) {
      return null;
    } catch (java.time.DateTimeException | UnsupportedOperationException torn) {
      return null;
    }
  }

  private static AlertState state(String text) {
    for (AlertState state : AlertState.values()) {
      if (state.text().equals(text)) {
        return state;
      }
    }
    throw new IllegalStateException(text);
  }
}
