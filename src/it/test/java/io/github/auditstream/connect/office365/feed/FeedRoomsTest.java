package io.github.auditstream.connect.office365.feed;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.auditstream.connect.office365.Layers;
import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rooms of the feed: who may use whom, and how large they are. */
class FeedRoomsTest {
  private static final String BASE = Feed.class.getPackageName();
  private static final String TOP = "";
  private static final int MOST_LINES_OF_FEED = 300;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Feed.class.getProtectionDomain().getCodeSource().getLocation())
          .that(
              describe(
                  "are the feed's",
                  (JavaClass each) ->
                      each.getPackageName().equals(BASE)
                          || each.getPackageName().startsWith(BASE + ".")));

  /** The rooms from above to below, each with those that it may use; the uppermost has no name. */
  private static final Map<String, Set<String>> ROOMS = rooms();

  private static Map<String, Set<String>> rooms() {
    Map<String, Set<String>> rooms = new LinkedHashMap<>();
    rooms.put(TOP, Set.of("listing", "records", "retrieval", "tenant", "offset"));
    rooms.put("listing", Set.of("tenant", "offset"));
    rooms.put("records", Set.of("retrieval", "tenant", "offset"));
    rooms.put("retrieval", Set.of("tenant", "offset"));
    rooms.put("tenant", Set.of("offset"));
    rooms.put("offset", Set.of());
    return rooms;
  }

  @Test
  void roomsImportDownwardsOnly() {
    Layers.check(
        CLASSES, ROOMS, FeedRoomsTest::layer, room -> room.equals(TOP) ? BASE : BASE + "." + room);
  }

  private static String layer(String room) {
    return room.equals(TOP) ? "feed" : "feed." + room;
  }

  @Test
  void noTwoRoomsUseEachOther() {
    slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(CLASSES);
  }

  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass each) {
      return SliceIdentifier.of(each.getPackageName());
    }

    @Override
    public String getDescription() {
      return "the feed's packages";
    }
  }

  @Test
  void noTwoClassesHoldEachOther() {
    Map<String, Set<String>> held = new TreeMap<>();
    CLASSES.stream()
        .flatMap(each -> each.getFields().stream())
        .forEach(
            field ->
                field.getType().getAllInvolvedRawTypes().stream()
                    .filter(type -> CLASSES.contain(type.getName()))
                    .forEach(
                        type ->
                            held.computeIfAbsent(file(field.getOwner()), unused -> new TreeSet<>())
                                .add(file(type))));

    assertThat(held.get(Feed.class.getName())).as("what Feed holds").contains(BASE + ".FeedBlobs");
    held.forEach(
        (one, others) ->
            others.stream()
                .filter(other -> !other.equals(one))
                .forEach(
                    other ->
                        assertThat(held.getOrDefault(other, Set.of()))
                            .as("what %s holds, which %s holds", other, one)
                            .doesNotContain(one)));
  }

  /** The class that a file is named after. */
  private static String file(JavaClass each) {
    return each.getEnclosingClass().map(FeedRoomsTest::file).orElse(each.getName());
  }

  @Test
  void theFeedItselfStaysSmall() throws IOException {
    Path feed = Repository.file("src/connector/main/java").resolve(BASE.replace('.', '/'));

    assertThat(Files.readAllLines(feed.resolve("Feed.java")))
        .hasSizeLessThanOrEqualTo(MOST_LINES_OF_FEED);
  }
}
