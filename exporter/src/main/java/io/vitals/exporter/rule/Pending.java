/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import io.vitals.exporter.aggregate.Distribution;
import io.vitals.exporter.aggregate.DistributionSum;
import io.vitals.exporter.aggregate.SeriesInterval;
import java.util.Arrays;

/** What has come for a group in the interval that is being added; reused for the next. */
final class Pending {
  /** So many are merged in turns, more of them at once. */
  private static final int FEW = 4;

  double count;
  double bad;
  double sum;
  double min;
  double max;

  /** The value of now. */
  double last;

  Distribution distribution;
  Exemplar slowest;
  Exemplar failed;

  private Distribution[] gathered = new Distribution[2];
  private int gatheredSize;

  Pending() {
    clear();
  }

  void clear() {
    count = 0;
    bad = 0;
    sum = 0;
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
    last = Double.NaN;
    distribution = null;
    slowest = null;
    failed = null;
    Arrays.fill(gathered, 0, gatheredSize, null);
    gatheredSize = 0;
  }

  void addSpans(SeriesInterval interval, boolean isFailed, long badSpans, boolean distributions) {
    count += interval.count();
    bad += badSpans;
    sum += interval.sumNanos();
    min = Math.min(min, interval.minNanos());
    max = Math.max(max, interval.maxNanos());
    if (distributions) {
      if (gatheredSize == gathered.length) {
        gathered = Arrays.copyOf(gathered, 4 * gatheredSize);
      }
      gathered[gatheredSize++] = interval.distribution();
    }
    if (interval.exemplars() != null) {
      Exemplar example = Exemplar.slowest(interval.exemplars());
      slowest = Exemplar.slower(slowest, example);
      failed = isFailed && example != null ? example : failed;
    }
  }

  /** Adds the distributions up that came together. */
  void merge(DistributionSum scratch) {
    if (gatheredSize <= FEW) {
      for (int i = 0; i < gatheredSize; i++) {
        distribution = distribution == null ? gathered[i] : distribution.merge(gathered[i]);
      }
    } else {
      for (int i = 0; i < gatheredSize; i++) {
        scratch.add(gathered[i]);
      }
      distribution = scratch.take();
    }
  }

  /** Adds a value of now, or one of several. */
  void addValue(double value) {
    count++;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
}
