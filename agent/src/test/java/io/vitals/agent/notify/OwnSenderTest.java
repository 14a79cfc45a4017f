/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vitals.agent.extension.AlertNotification;
import io.vitals.agent.extension.AlertSink;
import io.vitals.agent.extension.ChannelType;
import io.vitals.agent.extension.RejectedException;
import io.vitals.agent.host.OwnChannelType;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A channel that an extension brings stands behind the same interface as the agent's own. */
class OwnSenderTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("RING", "s3cr3t-ring");

  private final List<Map<String, String>> opened = new ArrayList<>();
  private final List<AlertNotification> sent = new ArrayList<>();
  private AlertSink sink = sent::add;

  private final ChannelType pigeon =
      new ChannelType() {
        @Override
        public String type() {
          return "pigeon";
        }

        @Override
        public AlertSink open(Map<String, String> options) {
          opened.add(options);
          if (!options.containsKey("ring")) {
            throw new IllegalArgumentException("a ring");
          }
          return notification -> sink.send(notification);
        }
      };

  private Sender read(String fields) throws FileFault {
    String yaml = "channels: [{name: loft, type: pigeon, timeout: 1s, " + fields + "}]";
    OwnChannelType type = new OwnChannelType("birds", "pigeon", pigeon);
    return NotifySettings.read(YamlReader.read("a.yaml", yaml), ENVIRONMENT, Map.of("pigeon", type))
        .channels
        .get("loft")
        .sender;
  }

  private static Notification notification() {
    return TestAlert.notification(Desk.SHOP, 5_000_000_000L);
  }

  private SendFailure failure(AlertSink failing) throws FileFault {
    sink = failing;
    Sender sender = read("ring_env: RING");
    return catchThrowableOfType(SendFailure.class, () -> sender.send(notification()));
  }

  @Test
  void options_areTheChannelsOwnFields() throws Exception {
    Sender sender = read("ring_env: RING, colour: grey, severities: [low]");
    assertThat(opened).containsExactly(Map.of("ring", "s3cr3t-ring", "colour", "grey"));
    assertThat(sender.peer()).isEqualTo("extension birds");
    sender.send(notification());
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).kind()).isEqualTo(AlertNotification.Kind.TEST);
    assertThat(sent.get(0).service()).isEqualTo("shop");
    assertThat(sent.get(0).isFiring()).isTrue();
    assertThat(sent.get(0).timeEpochMillis()).isEqualTo(5_000);
    assertThat(sent.get(0).title()).isEqualTo("[FIRING] NotificationTest, low (shop)");
    assertThat(sent.get(0).alerts().get(0).name()).isEqualTo("NotificationTest");
    assertThat(sent.get(0).alerts().get(0).severity()).isEqualTo("low");
  }

  @Test
  void wrongOptions_areNamedWithTheirPlace() {
    assertThat(catchThrowable(() -> read("colour: grey")))
        .isInstanceOf(FileFault.class)
        .hasMessageStartingWith("a.yaml:1:12: found options that extension birds does not take")
        .hasMessageContaining("a ring");
    assertThat(catchThrowable(() -> read("ring: 1, ring_env: RING")))
        .isInstanceOf(FileFault.class)
        .hasMessageContaining("beside another ring");
    assertThat(catchThrowable(() -> read("ring: [1, 2]"))).isInstanceOf(FileFault.class);
  }

  @Test
  void failures_areToldApart_andShowNoSecret() throws Exception {
    SendFailure lost =
        failure(
            notification -> {
              throw new IOException("no way for\ns3cr3t-ring");
            });
    assertThat(lost.reason).isEqualTo(Reason.UNREACHABLE);
    assertThat(lost).hasMessage("no way for ***");
    SendFailure refused =
        failure(
            notification -> {
              throw new RejectedException("full");
            });
    assertThat(refused.reason).isEqualTo(Reason.REJECTED);
    assertThat(refused.mayBeRetried()).isFalse();
    SendFailure fault =
        failure(
            notification -> {
              throw new AssertionError("s3cr3t-ring");
            });
    assertThat(fault.reason).isEqualTo(Reason.INTERNAL);
    assertThat(fault).hasMessage("java.lang.AssertionError: ***");
  }

  @Test
  void sinkThatHangs_isInterrupted() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    sink =
        notification -> {
          hangs.countDown();
          try {
            new CountDownLatch(1).await(60, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted");
          }
        };
    Sender sender = read("ring_env: RING");
    Thread other =
        new Thread(
            () -> {
              try {
                hangs.await();
                sender.cancel();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    other.start();
    SendFailure late = catchThrowableOfType(SendFailure.class, () -> sender.send(notification()));
    assertThat(late.reason).isEqualTo(Reason.TIMEOUT);
    other.join();
    assertThat(Thread.interrupted()).isFalse();
  }
}
