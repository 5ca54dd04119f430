package io.github.auditstream.connect.office365;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Imports point downwards only. */
class RoomsTest {
  private static final String BASE = "io.github.auditstream.connect.office365";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE);

  @Test
  void aRoomImportsDownwardsOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("connector")
        .definedBy(BASE)
        .layer("tools")
        .definedBy(BASE + ".tools")
        .layer("preflight")
        .definedBy(BASE + ".preflight")
        .layer("transforms")
        .definedBy(BASE + ".transforms")
        .layer("feed")
        .definedBy(BASE + ".feed")
        .layer("status")
        .definedBy(BASE + ".status..")
        .layer("api")
        .definedBy(BASE + ".api")
        .layer("auth")
        .definedBy(BASE + ".auth")
        .layer("event")
        .definedBy(BASE + ".event")
        .layer("config")
        .definedBy(BASE + ".config")
        .whereLayer("feed")
        .mayOnlyBeAccessedByLayers("connector", "tools")
        .whereLayer("preflight")
        .mayOnlyBeAccessedByLayers("connector", "tools")
        .whereLayer("tools")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("transforms")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("status")
        .mayOnlyBeAccessedByLayers("connector", "feed", "tools")
        .whereLayer("api")
        .mayOnlyBeAccessedByLayers("connector", "feed", "preflight", "tools")
        .whereLayer("auth")
        .mayOnlyBeAccessedByLayers("connector", "feed", "api", "preflight", "tools")
        .whereLayer("event")
        .mayOnlyBeAccessedByLayers("connector", "transforms", "feed", "status", "tools")
        .check(CLASSES);
  }

  @Test
  void roomsAreFreeOfCycles() {
    slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theApiAndTheTokensKnowNoKafka() {
    noClasses()
        .that()
        .resideInAnyPackage(BASE + ".api", BASE + ".auth")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CLASSES);
  }

  @Test
  void eventsKnowNoHttp() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".event")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .check(CLASSES);
  }

  @Test
  void onlyWhatConnectCallsIsPublicInTheRoot() {
    classes()
        .that()
        .resideInAPackage(BASE)
        .and()
        .arePublic()
        .should()
        .haveSimpleNameStartingWith("Office365Audit")
        .orShould()
        .haveSimpleName("Version")
        .check(CLASSES);
  }

  @Test
  void nothingReadsTheClockBehindTheBackOfTheInjectedOne() {
    noClasses()
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(CLASSES);
  }
}
