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
import org.junit.jupiter.api.Test;

/** Reads an index and asks it about class files of this test. */
class HookIndexTest {
  private static final String TEXT =
      "hook x.TomcatHook default tomcat servlet\n"
          + "type org/apache/Adapter\n"
          + "hook x.JdbcHook default jdbc\n"
          + "below java/sql/Statement execute(Ljava/lang/String; executeQuery(Ljava/lang/String;\n"
          + "extends java/sql/PreparedStatement java/sql/Statement\n"
          + "hook x.OffHook off extra\n"
          + "type org/apache/Extra\n";

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
  void hookThatIsOff_isForgotten() throws Exception {
    HookIndex index = index();

    assertThat(index.size()).isEqualTo(2);
    assertThat(index.ofType("org/apache/Extra")).isEmpty();
  }

  @Test
  void scan_passesClassesThatMentionAMethodName() throws Exception {
    HookIndex index = index();

    assertThat(index.mayBeBelow(bytes(Direct.class))).isTrue();
    assertThat(index.mayBeBelow(bytes(Object.class))).isFalse();
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
    return HookIndex.read(
        TEXT.getBytes(StandardCharsets.ISO_8859_1), (names, byDefault) -> byDefault);
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    try (InputStream in =
        ClassLoader.getSystemResourceAsStream(type.getName().replace('.', '/') + ".class")) {
      return in.readAllBytes();
    }
  }
}
