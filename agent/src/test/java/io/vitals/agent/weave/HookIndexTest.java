/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads an index and asks it about class files of this test. */
class HookIndexTest {
  private static final String TEXT =
      "hook x.TomcatHook default tomcat servlet\n"
          + "type org/apache/Adapter\n"
          + "hook x.JdbcHook default jdbc\n"
          + "below java/sql/Statement execute(Ljava/lang/String; executeQuery(Ljava/lang/String;\n"
          + "except com/example/pool/ com/example/wrapper/\n"
          + "extends java/sql/PreparedStatement java/sql/Statement\n"
          + "hook x.OffHook off extra\n"
          + "type org/apache/Extra\n"
          + "hook x.MethodsHook default methods\n"
          + "named otel.methods\n";

  /** Implements an interface that a JDK interface is below. */
  abstract static class Direct implements PreparedStatement {
    @Override
    public boolean execute(String sql) {
      return true;
    }
  }

  /** Is below by its superclass alone. */
  abstract static class Indirect extends Direct {
    @Override
    public boolean execute(String sql) {
      return false;
    }
  }

  /** Has the method's name, but is no statement. */
  static class Stranger {
    public boolean execute(String command) {
      return true;
    }
  }

  @Test
  void exactType_isFoundByName() throws Exception {
    HookIndex index = index();

    assertThat(index.ofType("org/apache/Adapter")).hasSize(1);
    assertThat(index.ofType("org/apache/Adapter")[0].name()).isEqualTo("tomcat");
    assertThat(index.ofType("org/apache/Other")).isEmpty();
  }

  @Test
  void exceptions_areOfOneHookAndWholePackages() throws Exception {
    HookIndex index = index(Map.of("com.example.pool.Worker", List.of("run")));
    HookIndex.Entry jdbc = index.scanning().get(0);
    HookIndex.Entry methods = index.scanning().get(1);

    assertThat(jdbc.name()).isEqualTo("jdbc");
    assertThat(jdbc.excepts("com/example/pool/ProxyStatement")).isTrue();
    assertThat(jdbc.excepts("com/example/wrapper/deep/Statement")).isTrue();
    assertThat(jdbc.excepts("com/example/pooled/Statement")).isFalse();
    assertThat(methods.excepts("com/example/pool/Worker")).isFalse();
  }

  @Test
  void hookThatIsOff_isForgotten() throws Exception {
    HookIndex index = index();

    assertThat(index.size()).isEqualTo(2);
    assertThat(index.ofType("org/apache/Extra")).isEmpty();
  }

  @Test
  void methodsOfTheConfiguration_areFoundInTheirTypeAndBelowIt() throws Exception {
    HookIndex index =
        index(
            Map.of(
                "com.example.Orders",
                List.of("place"),
                "java.lang.ThreadLocal",
                List.of("get"),
                Stranger.class.getName(),
                List.of("<init>")));

    assertThat(index.size()).isEqualTo(3);
    HookIndex.Entry[] entries = index.ofType("com/example/Orders");
    assertThat(entries).hasSize(1);
    assertThat(entries[0].below.get("com/example/Orders")).containsExactly("place(");
    assertThat(entries[0].named).containsKey("com.example.Orders");
    assertThat(index.ofType(Stranger.class.getName().replace('.', '/'))).hasSize(1);
    assertThat(entries[0].below).hasSize(2);
    // The bridge itself runs on it.
    assertThat(index.ofType("java/lang/ThreadLocal")).isEmpty();
  }

  @Test
  void scan_findsLongNamesAndSuchOfOtherAlphabets() throws Exception {
    HookIndex index =
        index(
            Map.of(
                "a.B",
                List.of(
                    "aMethodWhoseNameIsSoLongThatItsLengthDoesNotFitIntoSixBitsAnyMore", "größe")));

    assertThat(index.mayBeBelow(bytes(LongNames.class))).isTrue();
    assertThat(index.mayBeBelow(bytes(OtherAlphabet.class))).isTrue();
    assertThat(index.mayBeBelow(bytes(Object.class))).isFalse();
  }

  /** Has a method with a long name. */
  static class LongNames {
    void aMethodWhoseNameIsSoLongThatItsLengthDoesNotFitIntoSixBitsAnyMore() {}
  }

  /** Has a method whose name is not ASCII. */
  static class OtherAlphabet {
    @SuppressWarnings("UnicodeInCode")
    void größe() {}
  }

  @Test
  void scan_passesClassesThatMentionAMethodName() throws Exception {
    HookIndex index = index();

    assertThat(index.mayBeBelow(bytes(Direct.class))).isTrue();
    assertThat(index.mayBeBelow(bytes(Object.class))).isFalse();
  }

  @Test
  void scan_looksForADescriptorThatNamesALibrary() throws Exception {
    HookIndex index =
        index(
            "hook x.Hook default x\n"
                + "below a/b/Servlet service(Lio/vitals/agent/weave/HookIndexTest;)V\n"
                + "instead c.Helper d.Helper\n",
            Map.of());

    assertThat(index.scanning().get(0).stoodInFor).containsExactly("c.Helper", "d.Helper");
    assertThat(index.mayBeBelow(bytes(OfLibrary.class))).isTrue();
    assertThat(index.mayBeBelow(bytes(OfSameName.class))).isFalse();
  }

  /** Has the method that is looked for. */
  static class OfLibrary {
    void service(HookIndexTest argument) {}
  }

  /** Has a method of the same name. */
  static class OfSameName {
    void service(Object argument) {}
  }

  @Test
  void supertypes_areFoundThroughSuperclassesAndInterfacesOfTheJdk() throws Exception {
    Supertypes supertypes = new Supertypes(index());

    assertThat(isBelow(supertypes, Direct.class)).isTrue();
    assertThat(isBelow(supertypes, Indirect.class)).isTrue();
    assertThat(isBelow(supertypes, Stranger.class)).isFalse();
    assertThat(Supertypes.isBelow(Indirect.class, Statement.class.getName())).isTrue();
    assertThat(Supertypes.isBelow(Stranger.class, Statement.class.getName())).isFalse();
  }

  private static boolean isBelow(Supertypes supertypes, Class<?> type) throws IOException {
    return supertypes.isBelow(
        new ClassFile(bytes(type)), HookIndexTest.class.getClassLoader(), "java/sql/Statement");
  }

  private static HookIndex index() throws IOException {
    return index(Map.of());
  }

  private static HookIndex index(Map<String, List<String>> named) throws IOException {
    return index(TEXT, named);
  }

  private static HookIndex index(String text, Map<String, List<String>> named) throws IOException {
    return HookIndex.read(
        text.getBytes(StandardCharsets.ISO_8859_1),
        new HookIndex.Choices() {
          @Override
          public boolean isOn(List<String> names, boolean byDefault) {
            return byDefault;
          }

          @Override
          public Map<String, List<String>> methods(String property) {
            return property.equals("otel.methods") ? named : Map.of();
          }
        });
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    try (InputStream in =
        ClassLoader.getSystemResourceAsStream(type.getName().replace('.', '/') + ".class")) {
      return in.readAllBytes();
    }
  }
}
