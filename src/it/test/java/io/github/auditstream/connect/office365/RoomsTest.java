package io.github.auditstream.connect.office365;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.auditstream.connect.office365.fixtures.Repository;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Imports point downwards only. */
class RoomsTest {
  private static final String BASE = "io.github.auditstream.connect.office365";
  private static final String ROOT = "";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPaths(
              Stream.of("events", "connector", "tools")
                  .map(module -> Repository.file("src", module, "target", "classes"))
                  .toList());

  /** The rooms from above to below, each with those that it may use; the root has no name. */
  static final Map<String, Set<String>> ROOMS = rooms();

  private static Map<String, Set<String>> rooms() {
    Map<String, Set<String>> rooms = new LinkedHashMap<>();
    rooms.put(
        "tools",
        Set.of(
            "wiring",
            "preflight",
            "feed",
            "dedupe",
            "status",
            "api",
            "auth",
            "http",
            "event",
            "config",
            "model"));
    rooms.put(ROOT, Set.of("wiring", "preflight", "feed", "records", "status", "config", "model"));
    rooms.put(
        "wiring",
        Set.of(
            "preflight",
            "feed",
            "history",
            "records",
            "dedupe",
            "status",
            "graph",
            "api",
            "auth",
            "http",
            "event",
            "config",
            "model"));
    rooms.put("preflight", Set.of("graph", "api", "auth", "http", "config", "model"));
    rooms.put("transforms", Set.of("event", "config", "model"));
    rooms.put("feed", Set.of("records", "status", "api", "auth", "event", "config", "model"));
    rooms.put(
        "history",
        Set.of(
            "exports", "records", "dedupe", "status", "graph", "api", "event", "config", "model"));
    rooms.put("records", Set.of("event", "config", "model"));
    rooms.put("status", Set.of("event", "config", "model"));
    rooms.put("dedupe", Set.of("config", "model"));
    rooms.put("exports", Set.of("graph"));
    rooms.put("graph", Set.of("api", "auth", "http", "config"));
    rooms.put("api", Set.of("auth", "http", "config", "model"));
    rooms.put("auth", Set.of("http", "config", "model"));
    rooms.put("http", Set.of("config", "model"));
    rooms.put("event", Set.of());
    rooms.put("config", Set.of("model"));
    rooms.put("model", Set.of());
    return rooms;
  }

  @Test
  void roomsImportDownwardsOnly() {
    Layers.check(CLASSES, ROOMS, RoomsTest::layer, RoomsTest::packages);
  }

  @Test
  void mayUseOnlyRoomsBelow() {
    List<String> order = List.copyOf(ROOMS.keySet());
    ROOMS.forEach(
        (room, below) ->
            assertThat(order.subList(order.indexOf(room) + 1, order.size()))
                .as("below %s", layer(room))
                .containsAll(below));
  }

  private static String layer(String room) {
    return room.equals(ROOT) ? "the root" : room;
  }

  private static String packages(String room) {
    return room.equals(ROOT) ? BASE : BASE + "." + room + "..";
  }

  @Test
  void theApisAndTheTokensKnowNoKafka() {
    noClasses()
        .that()
        .resideInAnyPackage(BASE + ".exports", BASE + ".graph", BASE + ".api", BASE + ".auth")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CLASSES);
  }

  /** What a path is, and that a text is none, it may know. */
  @Test
  void configurationDoesNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".config")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(
                    "java.io..", "java.nio.file..", "java.nio.channels..", "java.net.http..")
                .and(not(equivalentTo(Path.class)))
                .and(not(equivalentTo(InvalidPathException.class))))
        .check(CLASSES);
  }

  /** Not of Connect either, whose converters it does without. */
  @Test
  void deduplicationKnowsKafkasClientsAlone() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".dedupe")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka.connect..", "java.net.http..")
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
        .check(CLASSES);
  }

  @Test
  void onlyTheInjectedClockIsRead() {
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
