/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.agent.extension.AlertNotification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A notification as extensions see it. Immutable. */
final class OwnNotification implements AlertNotification {
  private final Notification of;
  private final List<Alert> alerts;

  OwnNotification(Notification of) {
    this.of = of;
    List<Alert> all = new ArrayList<>();
    for (Notice notice : of.notices) {
      all.add(new OwnAlert(notice));
    }
    this.alerts = Collections.unmodifiableList(all);
  }

  @Override
  public Kind kind() {
    switch (of.kind) {
      case REPEAT:
        return Kind.REPEAT;
      case ESCALATION:
        return Kind.ESCALATION;
      case TEST:
        return Kind.TEST;
      default:
        return Kind.CHANGE;
    }
  }

  @Override
  public String service() {
    return of.service.name;
  }

  @Override
  public String instance() {
    return of.service.instance;
  }

  @Override
  public boolean isFiring() {
    return of.firing() > 0;
  }

  @Override
  public String title() {
    return Wording.title(of);
  }

  @Override
  public String text() {
    return Wording.text(of);
  }

  @Override
  public Map<String, String> groupLabels() {
    return Collections.unmodifiableMap(of.groupLabels);
  }

  @Override
  public List<Alert> alerts() {
    return alerts;
  }

  @Override
  public long timeEpochMillis() {
    return TimeUnit.NANOSECONDS.toMillis(of.timeEpochNanos);
  }

  @Override
  public String toString() {
    return title();
  }

  /** One alert as extensions see it. */
  private static final class OwnAlert implements Alert {
    private final Notice of;

    OwnAlert(Notice of) {
      this.of = of;
    }

    private static String text(String text) {
      return text == null ? "" : text;
    }

    @Override
    public String name() {
      return of.event.ruleName;
    }

    @Override
    public String fingerprint() {
      return of.event.fingerprint;
    }

    @Override
    public String severity() {
      return of.event.severity.text();
    }

    @Override
    public boolean isFiring() {
      return of.firing;
    }

    @Override
    public String summary() {
      return of.event.summary;
    }

    @Override
    public Map<String, String> labels() {
      return of.event.labels;
    }

    @Override
    public Map<String, String> annotations() {
      return of.event.annotations;
    }

    @Override
    public double value() {
      return of.event.value;
    }

    @Override
    public double threshold() {
      return of.event.threshold;
    }

    @Override
    public String unit() {
      return text(of.event.unit);
    }

    @Override
    public long startEpochMillis() {
      return TimeUnit.NANOSECONDS.toMillis(of.startEpochNanos());
    }

    @Override
    public long endEpochMillis() {
      return TimeUnit.NANOSECONDS.toMillis(of.endEpochNanos);
    }

    @Override
    public String traceId() {
      return text(of.event.traceId);
    }

    @Override
    public String acknowledgedBy() {
      return text(of.acknowledgedBy);
    }

    @Override
    public String toString() {
      return name() + ' ' + of.status();
    }
  }
}
