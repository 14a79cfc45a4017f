/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the modules: what is not drawn in the design does not exist. */
class ModuleArrowsTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.vitals");

  @Test
  void bootstrap_usesOnlyTheJdk() {
    classes()
        .that()
        .resideInAPackage("io.vitals.bootstrap..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            // Packages of java.base, which no runtime lacks.
            "io.vitals.bootstrap..", "java.lang..", "java.util..", "java.net..")
        .check(OURS);
  }

  @Test
  void instrumentation_usesNeitherExporterNorAgent() {
    noClasses()
        .that()
        .resideInAPackage("io.vitals.instrumentation..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vitals.exporter..", "io.vitals.agent..", "io.opentelemetry..", "org.slf4j..")
        .check(OURS);
  }

  @Test
  void exporter_usesNeitherInstrumentationNorAgentNorWeaving() {
    noClasses()
        .that()
        .resideInAPackage("io.vitals.exporter..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vitals.instrumentation..", "io.vitals.agent..", "net.bytebuddy..")
        .check(OURS);
  }

  @Test
  void nothing_usesTheLoggingOfTheJdk() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..")
        .check(OURS);
  }

  @Test
  void weaving_staysInOnePackage() {
    noClasses()
        .that()
        .resideInAPackage("io.vitals.agent..")
        .and()
        .resideOutsideOfPackages("io.vitals.agent.weave..", "io.vitals.agent.packaging..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("net.bytebuddy..")
        .check(OURS);
  }
}
