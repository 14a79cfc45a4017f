/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

/**
 * A straight line through the last hour of a value, by ordinary least squares; immutable.
 *
 * <p>The method is described in the package.
 */
public final class Trend {
  /** Too little is known. */
  static final Trend UNKNOWN =
      new Trend(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  private static final int FEWEST_MINUTES = 10;

  /** An hour, in the unit of the line's time. */
  private static final double HOUR_MINUTES = 60;

  private static final double NORMAL_95 = 1.96;

  /** What the value gained over the last hour, or the part of it that is known. */
  public final double change;

  /** Where it is heading: the value in an hour. */
  public final double forecast;

  /** The lower bound of the 95 % interval of the forecast. */
  public final double forecastLow;

  /** The upper bound. */
  public final double forecastHigh;

  private final double certainChange;

  private Trend(double change, double certainChange, double forecast, double low, double high) {
    this.change = change;
    this.certainChange = certainChange;
    this.forecast = forecast;
    this.forecastLow = low;
    this.forecastHigh = high;
  }

  /** The line through values of one a minute, the oldest first; those that are unknown are NaN. */
  static Trend of(double[] minutes) {
    int n = 0;
    double sumX = 0;
    double sumY = 0;
    int first = -1;
    for (int x = 0; x < minutes.length; x++) {
      if (!Double.isNaN(minutes[x])) {
        first = first < 0 ? x : first;
        n++;
        sumX += x;
        sumY += minutes[x];
      }
    }
    if (n < FEWEST_MINUTES) {
      return UNKNOWN;
    }
    double meanX = sumX / n;
    double meanY = sumY / n;
    double varX = 0;
    double cov = 0;
    for (int x = 0; x < minutes.length; x++) {
      if (!Double.isNaN(minutes[x])) {
        varX += (x - meanX) * (x - meanX);
        cov += (x - meanX) * (minutes[x] - meanY);
      }
    }
    double slope = cov / varX;
    double squares = 0;
    for (int x = 0; x < minutes.length; x++) {
      if (!Double.isNaN(minutes[x])) {
        double off = minutes[x] - (meanY + slope * (x - meanX));
        squares += off * off;
      }
    }
    double deviation = Math.sqrt(squares / (n - 2));
    double last = minutes.length - 1;
    double change = slope * (last - first);
    double changeError = deviation / Math.sqrt(varX) * (last - first);
    double at = last + HOUR_MINUTES - meanX;
    double forecast = meanY + slope * at;
    double width = NORMAL_95 * deviation * Math.sqrt(1 + 1.0 / n + at * at / varX);
    double needed = Math.max(2 * changeError, 0.05 * Math.abs(meanY));
    return new Trend(change, change / needed, forecast, forecast - width, forecast + width);
  }

  /** {@code rising}, {@code falling}, {@code stable} or {@code unknown}. */
  public String direction() {
    if (Double.isNaN(change)) {
      return "unknown";
    }
    return certainChange > 1 ? "rising" : certainChange < -1 ? "falling" : "stable";
  }
}
