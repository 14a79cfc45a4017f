/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A sender that does not answer is given no more than a few messages. */
class UnansweredTest {
  private final Unanswered unanswered = new Unanswered();
  private final List<Consumer<String>> answers = new ArrayList<>();
  private final List<Consumer<Throwable>> failures = new ArrayList<>();
  private final List<String> answered = new ArrayList<>();
  private final List<Throwable> failed = new ArrayList<>();

  private void send() {
    unanswered.<String>send(
        answered::add,
        failed::add,
        (onResponse, onError) -> {
          answers.add(onResponse);
          failures.add(onError);
        });
  }

  @Test
  void silentSender_isGivenAFewAndTheRestFails() {
    for (int i = 0; i < Unanswered.MOST + 3; i++) {
      send();
    }
    assertThat(answers).hasSize(Unanswered.MOST);
    assertThat(failed).hasSize(3).hasOnlyElementsOfType(RejectedExecutionException.class);
  }

  @Test
  void eachAnswerAndFailure_makesRoomForOne() {
    for (int i = 0; i < Unanswered.MOST; i++) {
      send();
    }
    answers.get(0).accept("taken");
    failures.get(1).accept(new IllegalStateException("gone"));
    for (int i = 0; i < 3; i++) {
      send();
    }
    assertThat(answered).containsExactly("taken");
    assertThat(answers).hasSize(Unanswered.MOST + 2);
    assertThat(failed).hasSize(2).last().isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void senderThatThrows_keepsNoRoom() {
    for (int i = 0; i <= Unanswered.MOST; i++) {
      assertThatThrownBy(
              () ->
                  unanswered.<String>send(
                      answered::add,
                      failed::add,
                      (onResponse, onError) -> {
                        throw new IllegalStateException("broken");
                      }))
          .hasMessage("broken");
    }
    send();
    assertThat(answers).hasSize(1);
  }
}
