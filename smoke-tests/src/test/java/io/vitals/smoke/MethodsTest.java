/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods that the configuration names become spans, and no others. */
@Tag("threads")
class MethodsTest {
  private static final String INCLUDE = "otel.instrumentation.methods.include";
  private static final String CALLS = "io.vitals.smoke.programs.MethodCalls";

  /** What the reference weaves too. */
  private static final String NAMED =
      named(
          "Orders[place,check, total,countdown,refuse,ship,pack,shipNow,lose,shipNothing,"
              + "shipUnseen]",
          "Stock[reserve]",
          "Priced[price,discount]",
          "Handler[handle]");

  /** The class of Java 1.4, the JDK's class and the constructor are beyond the reference. */
  private static final String NAMED_FURTHER =
      NAMED
          + named("Book[price]", "Orders[<init>]", "Old[work]")
          + "java.util.BitSet[cardinality];";

  private static final String SHAPES =
      """
      INTERNAL Orders.<init>
      INTERNAL Orders.place
        INTERNAL Orders.check
          INTERNAL Stock.reserve
      INTERNAL Orders.total
      INTERNAL Orders.countdown
        INTERNAL Orders.countdown
          INTERNAL Orders.countdown
            INTERNAL Orders.countdown
      INTERNAL Orders.refuse
      INTERNAL Orders.ship
      INTERNAL Orders.pack
      INTERNAL Orders.shipNow
      INTERNAL Orders.lose
      INTERNAL Orders.pack
      INTERNAL Orders.shipNothing
      INTERNAL Orders.shipUnseen
      INTERNAL Book.price
      INTERNAL Novel.price
        INTERNAL Book.price
      INTERNAL MethodCalls$1.price
      INTERNAL Priced.discount
      INTERNAL Handling.handle
      INTERNAL Stock.reserve
      INTERNAL Orders.pack
      INTERNAL Old.work
      INTERNAL BitSet.cardinality
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {8, 17, 25})
  void namedMethods_areSpans(int version) {
    Received received = run(Jvm.version(version).agent().property(INCLUDE, NAMED_FURTHER));

    assertThat(shapes(received)).isEqualTo(SHAPES);
    assertThat(span(received, "Orders.place").attributes())
        .isEqualTo(Map.of("code.function.name", CALLS + "$Orders.place"));
    assertThat(span(received, "MethodCalls$1.price").attributes())
        .isEqualTo(Map.of("code.function.name", CALLS + "$1.price"));
    assertThat(span(received, "Orders.place").status()).isEqualTo("UNSET");
    assertThatItFailed(span(received, "Orders.refuse"), "refused");
    assertThatItFailed(span(received, "Orders.lose"), "lost");
    assertThat(received.metrics())
        .flatExtracting(ReceivedMetric::points)
        .noneMatch(point -> point.attribute("code.function.name") != null);
  }

  @Test
  void methodThatReturnsAStage_endsWhenThatIsComplete() {
    Received received = run(Jvm.running().agent().property(INCLUDE, NAMED));

    // The program packs after ship() has returned and before it is shipped.
    ReceivedSpan ship = span(received, "Orders.ship");
    ReceivedSpan pack = span(received, "Orders.pack");
    assertThat(pack.startNanos()).isGreaterThan(ship.startNanos());
    assertThat(ship.endNanos()).isGreaterThan(pack.endNanos());
    assertThat(span(received, "Orders.shipNow").endNanos())
        .isLessThan(span(received, "Orders.lose").startNanos());
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 17, 25})
  void lateAttach_weavesWhatIsLoaded(int version) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = Jvm.version(version).start(Program.METHOD_CALLS)) {
      jvm.awaitLine(Pattern.compile("ready"));
      String options =
          INCLUDE + "=" + NAMED_FURTHER + "otel.exporter.otlp.endpoint=" + receiver.endpoint();
      try (ForkedJvm attacher =
          Jvm.version(version).startJar(Jvm.AGENT, "attach", "" + jvm.pid(), options)) {
        assertThat(attacher.awaitExit()).as("%s", attacher).isZero();
      }
      jvm.say("all");
      jvm.awaitLine(Pattern.compile("called"));
      assertThat(jvm.finish()).isZero();
      assertThat(shapes(receiver.received())).isEqualTo(SHAPES);
    }
  }

  @Test
  void overflowOfTheStack_leavesNothingOpen() {
    Received received =
        run(
            Jvm.running()
                .agent()
                .property(INCLUDE, named("Abyss[fall]", "Stock[reserve]"))
                // A thousand long stack traces are more than the end of a busy process can send.
                .flag("-XX:MaxJavaStackTraceDepth=10"));

    // The overflow is caught on its thread, and a method called there: the start of a new trace.
    assertThat(received.spans())
        .filteredOn(span -> span.name().equals("Stock.reserve"))
        .hasSize(2)
        .allMatch(span -> span.parentId().isEmpty());
    assertThat(received.spans())
        .filteredOn(span -> span.name().equals("Abyss.fall"))
        .hasSizeBetween(100, 1024 + 33)
        .allMatch(span -> span.status().equals("ERROR"));
  }

  @Test
  void usersExclusion_winsOverTheName() {
    Received received =
        run(
            Jvm.running()
                .agent()
                .property(INCLUDE, NAMED)
                .property("otel.javaagent.exclude-classes", CALLS + "$Stock"));

    assertThat(shapes(received)).contains("Orders.check").doesNotContain("Stock");
  }

  @Test
  void sampler_decidesAsForAll() {
    Received received =
        run(
            Jvm.running()
                .agent()
                .property(INCLUDE, NAMED)
                .property("otel.traces.sampler", "always_off"));

    assertThat(received.spans()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vitals", "otel"})
  void switchedOff_makesNoSpans(String prefix) {
    Received received =
        run(
            Jvm.running()
                .agent()
                .property(INCLUDE, NAMED)
                .property(prefix + ".instrumentation.methods.enabled", "false"));

    assertThat(received.spans()).isEmpty();
  }

  @Test
  void withoutTheProperty_nothingIsLoadedForIt() {
    Path log = folder.resolve("classes.log");
    run(Jvm.running().agent().flag(LoadedClasses.flag(log)));

    assertThat(LoadedClasses.read(log).names(entry -> entry.source().contains("vitals")))
        .isNotEmpty()
        .noneMatch(name -> name.endsWith(".MethodsHook") || name.endsWith(".NamedMethods"));
  }

  @Test
  void unreadableNames_areSaidWithTheirPlaceAndTheRestHolds() {
    String value = named("Orders[place", "Stock[reserve]", "Book[*]");
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .environment("OTEL_INSTRUMENTATION_METHODS_INCLUDE", value)
                .exportingTo(receiver)
                .start(Program.METHOD_CALLS)) {
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.noise())
          .hasSize(2)
          .allMatch(line -> line.contains(INCLUDE) && line.contains("OTEL_INSTRUMENTATION_METHODS"))
          .anyMatch(
              line ->
                  line.contains("one ']', at the end of " + CALLS + "$Orders[place at character 1"))
          .anyMatch(
              line ->
                  line.contains(
                      "a method instead of '*' at character " + (value.indexOf('*') + 1)));
      assertThat(receiver.received().spans())
          .isNotEmpty()
          .allMatch(span -> span.name().equals("Stock.reserve"));
    }
  }

  @Test
  void program_sendsWhatItSendsUnderTheReference() {
    Received ours = run(Jvm.running().agent().property(INCLUDE, NAMED));
    Received reference =
        run(
            Jvm.running()
                .javaAgent(Program.jars("reference").get(0).toString())
                .property(INCLUDE, NAMED)
                // Ours are the stable names.
                .property("otel.semconv-stability.opt-in", "code")
                .property("otel.logs.exporter", "none"),
            // It hands the caller another future than the method has returned.
            "another future",
            "ready");

    assertThat(lines(ours, MethodsTest::facts)).isEqualTo(lines(reference, MethodsTest::facts));
  }

  /** All of a span but what is different in each run, and the thread, which ours do not name. */
  private static String facts(ReceivedSpan span) {
    Map<String, Object> attributes = new TreeMap<>(span.attributes());
    attributes.remove("thread.id");
    attributes.remove("thread.name");
    return span.kind()
        + " "
        + span.name()
        + " "
        + attributes
        + " "
        + span.status()
        + " "
        + span.events().stream()
            .map(event -> event.name() + event.attributes().get("exception.message"))
            .toList();
  }

  private static void assertThatItFailed(ReceivedSpan span, String message) {
    assertThat(span.status()).isEqualTo("ERROR");
    assertThat(span.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.name()).isEqualTo("exception");
              assertThat(event.attributes())
                  .containsEntry("exception.type", "java.lang.IllegalStateException")
                  .containsEntry("exception.message", message)
                  .containsKey("exception.stacktrace");
            });
  }

  /** {@code type[methods]} of the program, each ended by a semicolon. */
  private static String named(String... types) {
    return List.of(types).stream()
        .map(type -> CALLS + "$" + type + ";")
        .collect(Collectors.joining());
  }

  private static String shapes(Received received) {
    return lines(received, span -> span.kind() + " " + span.name());
  }

  private static String lines(Received received, Function<ReceivedSpan, String> text) {
    return received.traces().stream().map(tree -> tree.lines(text)).collect(Collectors.joining());
  }

  private static ReceivedSpan span(Received received, String name) {
    return received.spans().stream()
        .filter(span -> span.name().equals(name))
        .min((one, other) -> Long.compare(one.startNanos(), other.startNanos()))
        .orElseThrow(() -> new AssertionError("no span " + name + " in\n" + shapes(received)));
  }

  /** Runs the program once, which says nothing else if all is as without an agent. */
  private static Received run(Jvm jvm) {
    return run(jvm, "ready");
  }

  private static Received run(Jvm jvm, String... says) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm forked = jvm.exportingTo(receiver).start(Program.METHOD_CALLS)) {
      assertThat(forked.finish()).as("%s", forked).isZero();
      assertThat(forked.out()).containsExactly(says);
      return receiver.received();
    }
  }
}
