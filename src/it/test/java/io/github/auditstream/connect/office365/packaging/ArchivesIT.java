package io.github.auditstream.connect.office365.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.model.Version;
import io.github.auditstream.connect.office365.packaging.Archive.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is in the three archives, and that nothing in them depends on when and where it was built.
 */
class ArchivesIT {
  private static final String OWN = "kafka-connect-office365";
  private static final Set<String> OWN_JARS = Set.of(OWN, OWN + "-events", OWN + "-tools");

  /** Where what is in the repository is in Confluent's archive. */
  private static final Map<String, Path> TREES =
      Map.of(
          "doc/docs/", Repository.file("docs"),
          "doc/schemas/",
              Repository.file(
                  "src/events/main/resources/io/github/auditstream/connect/office365/schemas"),
          "doc/licenses/", Repository.file("connect-plugin/licenses"),
          "doc/sbom/", Repository.file("connect-plugin/sbom"),
          "etc/deploy/", Repository.file("deploy"),
          "assets/", Repository.file("connect-plugin/assets"));

  @TempDir private Path folder;

  static List<Archive> archives() throws IOException {
    return Archive.built();
  }

  @ParameterizedTest
  @MethodSource("archives")
  void holdsOneFolderThatIsNamedAsTheArchive(Archive archive) {
    assertThat(archive.file().getFileName().toString())
        .startsWith(archive.topFolder())
        .contains(Version.version());
  }

  @ParameterizedTest
  @MethodSource("archives")
  void hasTheReleasesTimeOnEveryEntry(Archive archive) throws IOException {
    assertThat(archive.entries()).extracting(Entry::modified).containsOnly(Pom.releaseTime());
  }

  @ParameterizedTest
  @MethodSource("archives")
  void permissionsAndOwnersDoNotDependOnTheMachine(Archive archive) {
    assertThat(archive.entries())
        .allSatisfy(
            entry -> {
              assertThat(entry.mode()).as(entry.name()).isEqualTo(entry.isFolder() ? 0755 : 0644);
              assertThat(entry.owner()).as(entry.name()).isIn("", ": 0:0", "root:root 0:0");
            });
  }

  @ParameterizedTest
  @MethodSource("archives")
  void listsWhatAFolderHoldsByNameAndOnce(Archive archive) {
    Map<String, List<String>> byFolder = new LinkedHashMap<>();
    for (Entry entry : archive.entries()) {
      String kind = entry.isFolder() ? " folders" : " files";
      byFolder
          .computeIfAbsent(
              section(archive, entry) + entry.folder() + kind, key -> new ArrayList<>())
          .add(entry.name());
    }

    assertThat(byFolder).allSatisfy((where, names) -> assertThat(names).isSorted());
    assertThat(archive.entries()).extracting(Entry::name).doesNotHaveDuplicates();
  }

  /** The plain archives lay jars, documents and configurations, three lists, into one folder. */
  private static String section(Archive archive, Entry entry) {
    String top = archive.topFolder() + "/";
    if (entry.folder().equals(top) && entry.name().endsWith(".jar")) {
      return "jars of ";
    }
    return entry.name().equals(top + "etc/") ? "configurations of " : "";
  }

  @ParameterizedTest
  @MethodSource("archives")
  void ourJarsAreTheSameAtEachBuild(Archive archive) throws IOException {
    Map<String, Path> jars = jars(archive);
    for (String name : OWN_JARS) {
      Archive jar = Archive.read(jars.get(name + "-" + Version.version() + ".jar"));

      assertThat(jar.entries()).extracting(Entry::modified).containsOnly(Pom.releaseTime());
      assertThat(new String(jar.entries().get(1).bytes(), StandardCharsets.UTF_8))
          .startsWith("Manifest-Version")
          .doesNotContain("Built-By", "Build-Host", "Bnd-LastModified");
    }
  }

  @ParameterizedTest
  @MethodSource("archives")
  void holdsOurJarsAndFourLibrariesAndNoOtherJar(Archive archive) throws IOException {
    assertThat(jars(archive).keySet().stream().map(ArchivesIT::withoutVersion))
        .containsExactlyInAnyOrder(
            "azure-json", "fastcsv", OWN, OWN + "-events", OWN + "-tools", "msal4j", "picocli");
    assertThat(archive.files().keySet().stream().filter(name -> name.contains("/picocli-")))
        .as("no connector needs it")
        .allMatch(name -> name.matches("(.*/)?tools/picocli-[0-9.]+[.]jar"))
        .hasSizeLessThan(2);
  }

  @ParameterizedTest
  @MethodSource("archives")
  void hasNoDuplicateClassAndNoneOfTheWorkers(Archive archive) throws IOException {
    List<String> classes = new ArrayList<>();
    for (Path jar : jars(archive).values()) {
      classes.addAll(classes(jar));
    }

    assertThat(classes)
        .hasSizeGreaterThan(300)
        .doesNotHaveDuplicates()
        .allMatch(
            name ->
                name.startsWith("io/github/auditstream/connect/office365/")
                    || name.startsWith("com/microsoft/aad/msal4j/")
                    || name.startsWith("com/azure/json/")
                    || name.startsWith("de/siegmar/fastcsv/")
                    || name.startsWith("picocli/"));
  }

  @ParameterizedTest
  @MethodSource("archives")
  void holdsTheLicenceOfEachLibrary(Archive archive) throws IOException {
    Set<String> libraries =
        jars(archive).keySet().stream()
            .map(ArchivesIT::withoutVersion)
            .filter(name -> !OWN_JARS.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    Map<String, byte[]> files = archive.files();
    String licenses = files.containsKey("manifest.json") ? "doc/licenses/" : "licenses/";

    assertThat(libraries)
        .isNotEmpty()
        .allSatisfy(
            library ->
                assertThat(
                        new String(files.get(licenses + library + ".txt"), StandardCharsets.UTF_8))
                    .contains("Copyright ")
                    .containsAnyOf("Permission is hereby granted", "Apache License"));
  }

  @Test
  void confluentsHoldsWhatTheRepositoryHolds() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (String document : List.of("README.md", "LICENSE", "NOTICE", "CHANGELOG.md")) {
      expected.put("doc/" + document, text(Files.readAllBytes(Repository.file(document))));
    }
    expected.putAll(tree("etc/", Repository.file("config")));
    if (Files.isDirectory(Repository.file("monitoring"))) {
      expected.putAll(tree("etc/monitoring/", Repository.file("monitoring")));
    }
    for (Map.Entry<String, Path> tree : TREES.entrySet()) {
      expected.putAll(tree(tree.getKey(), tree.getValue()));
    }
    Map<String, String> found = new TreeMap<>();
    Archive.component().files().forEach((name, bytes) -> found.put(name, text(bytes)));
    assertThat(found.keySet()).contains("manifest.json");
    found
        .keySet()
        .removeIf(name -> name.matches("(lib|tools)/[^/]+[.]jar") || name.equals("manifest.json"));

    assertThat(found).isEqualTo(expected);
  }

  @Test
  void thePlainArchivesHaveTheContentOfConfluents() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    Archive.component()
        .files()
        .forEach(
            (name, bytes) -> {
              if (!name.startsWith("assets/") && !name.equals("manifest.json")) {
                expected.put(name.replaceFirst("^(doc|lib)/", ""), text(bytes));
              }
            });
    for (Archive plain : Archive.built().subList(1, 3)) {
      Map<String, String> found = new TreeMap<>();
      plain.files().forEach((name, bytes) -> found.put(name, text(bytes)));

      assertThat(found).as("%s", plain).isEqualTo(expected);
    }
  }

  private static Map<String, String> tree(String prefix, Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      Map<String, String> found = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.put(prefix + root.relativize(file), text(Files.readAllBytes(file)));
      }
      return found;
    }
  }

  /** Byte by byte, and short where it is shown. */
  private static String text(byte[] bytes) {
    return bytes.length + " bytes, " + Hash.of("SHA-256", bytes);
  }

  private static String withoutVersion(String jar) {
    return jar.replaceFirst("-[0-9.]+\\.jar$", "");
  }

  private Map<String, Path> jars(Archive archive) throws IOException {
    Map<String, Path> jars = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : archive.files().entrySet()) {
      if (file.getKey().endsWith(".jar")) {
        String name = file.getKey().substring(file.getKey().lastIndexOf('/') + 1);
        jars.put(name, Files.write(folder.resolve(name), file.getValue()));
      }
    }
    return jars;
  }

  private static List<String> classes(Path jar) throws IOException {
    List<String> classes = new ArrayList<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(jar)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().matches("(?!META-INF/|module-info).*\\.class")) {
          classes.add(entry.getName());
        }
      }
    }
    return classes;
  }
}
