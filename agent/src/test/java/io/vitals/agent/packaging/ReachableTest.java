/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** A class of a library stays in the jar if something names it, however it does. */
class ReachableTest {
  private final TreeMap<String, byte[]> lib = new TreeMap<>();

  /** A class with a field, a constant, and a class that it names. */
  private void put(String name, String fieldType, Object constant, String type) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
    if (fieldType != null) {
      writer.visitField(Opcodes.ACC_PRIVATE, "field", fieldType, null, null).visitEnd();
    }
    if (constant != null) {
      writer.newConst(constant);
    }
    if (type != null) {
      writer.newClass(type);
    }
    writer.visitEnd();
    lib.put(name + ".class", writer.toByteArray());
  }

  @Test
  void whatIsNamed_stays_whatIsNot_goes() {
    put("io/vitals/exporter/Root", "[Llib/ByField;", 1L << 40, "lib/ByType");
    put("lib/ByType", null, "lib.ByReflection", null);
    put("lib/ByField", "Ljava/util/List;", "lib/BySlashes", null);
    put("lib/ByReflection", null, null, "lib/Further");
    put("lib/BySlashes", null, "the class lib.Mentioned in a sentence", null);
    put("lib/Further", null, null, null);
    put("lib/Provider", null, null, null);
    put("lib/Mentioned", null, null, "lib/Lonely");
    put("lib/Lonely", null, null, "lib/Mentioned");
    lib.put("META-INF/services/lib.Service", "lib.Provider\n".getBytes(StandardCharsets.UTF_8));
    lib.put("lib/data.txt", new byte[0]);

    Reachable.prune(lib);

    assertThat(lib.keySet())
        .containsExactly(
            "META-INF/services/lib.Service",
            "io/vitals/exporter/Root.class",
            "lib/ByField.class",
            "lib/ByReflection.class",
            "lib/BySlashes.class",
            "lib/ByType.class",
            "lib/Further.class",
            "lib/Provider.class",
            "lib/data.txt");
  }
}
