package io.github.auditstream.connect.office365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.GeneratedText;
import io.github.auditstream.connect.office365.fixtures.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pictures of {@code docs/dev/architecture.md} are drawn from the poms and from the rooms. */
class ArchitecturePageTest {
  private static final Path PAGE = Repository.file("docs", "dev", "architecture.md");
  private static final String ARTIFACT = "kafka-connect-office365";
  private static final Pattern OWN_ARTIFACT =
      Pattern.compile("<artifactId>(" + ARTIFACT + "(?:-\\w+)?)</artifactId>");
  private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>(.*?)</dependency>");
  private static final Pattern JAVADOC = Pattern.compile("(?s)/\\*\\*(.*?)\\*/");
  private static final List<String> MODULES_WITH_ROOMS = List.of("events", "connector", "tools");

  @Test
  void drawsTheModulesAsThePomsHaveThem() throws Exception {
    Map<String, Set<String>> modules = modules();

    assertThat(modules).containsKeys("src/events", "src/connector", "src/it", "connect-plugin");
    assertThat(modules.get("src/connector")).containsExactly("src/events");
    GeneratedText.assertPart(PAGE, "modules", picture(modules));
  }

  @Test
  void drawsTheRoomsThatAreHeld() throws Exception {
    GeneratedText.assertPart(PAGE, "rooms", picture(RoomsTest.ROOMS) + "\n" + table());
  }

  /** Those of our modules that each uses, beside what its tests use; of tests, what they use. */
  private static Map<String, Set<String>> modules() throws Exception {
    Map<String, String> folders = new LinkedHashMap<>();
    Map<String, String> poms = new LinkedHashMap<>();
    for (Path folder : folders()) {
      String pom = Files.readString(folder.resolve("pom.xml"));
      String name = Repository.file("pom.xml").getParent().relativize(folder).toString();
      String own = pom.substring(pom.indexOf("</parent>"));
      Matcher artifact = OWN_ARTIFACT.matcher(own);
      assertThat(artifact.find()).as(name).isTrue();
      folders.put(artifact.group(1), name);
      poms.put(name, own);
    }
    Map<String, Set<String>> modules = new LinkedHashMap<>();
    for (Map.Entry<String, String> pom : poms.entrySet()) {
      boolean testsAlone = !Files.isDirectory(Repository.file(pom.getKey(), "main"));
      modules.put(
          pom.getKey(),
          DEPENDENCY
              .matcher(pom.getValue())
              .results()
              .map(found -> found.group(1))
              .filter(found -> testsAlone || !found.contains("<scope>test</scope>"))
              .flatMap(found -> OWN_ARTIFACT.matcher(found).results())
              .map(found -> folders.get(found.group(1)))
              .collect(Collectors.toCollection(LinkedHashSet::new)));
    }
    return modules;
  }

  private static List<Path> folders() throws Exception {
    List<Path> folders = new ArrayList<>();
    try (Stream<Path> below = Files.list(Repository.file("src"))) {
      below.filter(folder -> Files.exists(folder.resolve("pom.xml"))).forEach(folders::add);
    }
    folders.add(Repository.file("connect-plugin"));
    folders.sort(Comparator.naturalOrder());
    return folders;
  }

  /** Arrows point to what is used; one that others imply is left out. */
  private static String picture(Map<String, Set<String>> uses) {
    StringBuilder picture = new StringBuilder("```mermaid\nflowchart TD\n");
    List<String> names = List.copyOf(uses.keySet());
    for (String name : names) {
      picture.append("  %s[\"%s\"]\n".formatted(id(names, name), title(name)));
    }
    uses.forEach(
        (user, used) -> {
          Set<String> implied =
              used.stream()
                  .map(each -> uses.getOrDefault(each, Set.of()))
                  .flatMap(Collection::stream)
                  .collect(Collectors.toSet());
          names.stream()
              .filter(name -> used.contains(name) && !implied.contains(name))
              .forEach(
                  name ->
                      picture.append("  %s --> %s\n".formatted(id(names, user), id(names, name))));
        });
    return picture.append("```\n").toString();
  }

  private static String id(List<String> names, String name) {
    return "n" + names.indexOf(name);
  }

  private static String title(String room) {
    return room.isEmpty() ? "the root" : room;
  }

  private static String table() throws Exception {
    StringBuilder table = new StringBuilder("| Room | What it is for | May use |\n|---|---|---|\n");
    List<String> order = List.copyOf(RoomsTest.ROOMS.keySet());
    for (Map.Entry<String, Set<String>> room : RoomsTest.ROOMS.entrySet()) {
      String used =
          order.stream()
              .filter(room.getValue()::contains)
              .map(each -> each.isEmpty() ? "the root" : "`" + each + "`")
              .collect(Collectors.joining(", "));
      table.append(
          "| %s | %s | %s |\n"
              .formatted(
                  room.getKey().isEmpty() ? "the root" : "`" + room.getKey() + "`",
                  GeneratedText.cell(purpose(room.getKey())),
                  used));
    }
    return table.toString();
  }

  /** What the room's {@code package-info} says. */
  private static String purpose(String room) throws Exception {
    String file =
        "main/java/io/github/auditstream/connect/office365/"
            + room.replace('.', '/')
            + "/package-info.java";
    for (String module : MODULES_WITH_ROOMS) {
      Path info = Repository.file("src", module, file);
      if (Files.exists(info)) {
        Matcher javadoc = JAVADOC.matcher(Files.readString(info));
        assertThat(javadoc.find()).as(info.toString()).isTrue();
        return javadoc
            .group(1)
            .replaceAll("\\s*\\n \\*", " ")
            .replaceAll("(?s)<p>.*", "")
            .replaceAll("\\{@(?:code|link) ([^}]*)\\}", "`$1`")
            .replaceAll("\\s+", " ")
            .strip();
      }
    }
    throw new IllegalStateException("There is no package-info of " + room);
  }
}
