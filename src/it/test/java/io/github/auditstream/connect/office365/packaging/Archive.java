package io.github.auditstream.connect.office365.packaging;

import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * A zip, jar or tar.gz, in the order in which it was written.
 *
 * @param file where it is
 * @param entries files and folders
 */
record Archive(Path file, List<Entry> entries) {
  /**
   * A file or folder.
   *
   * @param name with slashes, one at a folder's end
   * @param mode the permissions, for example {@code 0644}
   * @param owner who owns it, if the format has it; else empty
   * @param modified to the second; the same for every reader
   * @param bytes empty for a folder
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(String name, int mode, String owner, LocalDateTime modified, byte[] bytes) {
    boolean isFolder() {
      return name.endsWith("/");
    }

    /** With the slash; empty at the top. */
    String folder() {
      String path = isFolder() ? name.substring(0, name.length() - 1) : name;
      return path.substring(0, path.lastIndexOf('/') + 1);
    }
  }

  private static final int PERMISSIONS = 0777;

  /** Confluent's, the plain zip and the plain tar.gz, as the build has made them. */
  static List<Archive> built() throws IOException {
    Path build = Repository.file("target");
    String version = Version.version();
    return List.of(
        read(
            build.resolve(
                "components/packages/auditstream-kafka-connect-office365-" + version + ".zip")),
        read(build.resolve("kafka-connect-office365-" + version + "-plugin.zip")),
        read(build.resolve("kafka-connect-office365-" + version + "-plugin.tar.gz")));
  }

  /** Confluent's. */
  static Archive component() throws IOException {
    return built().get(0);
  }

  static Archive read(Path file) throws IOException {
    return new Archive(file, file.toString().endsWith(".tar.gz") ? tar(file) : zip(file));
  }

  private static List<Entry> tar(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GzipCompressorInputStream(Files.newInputStream(file)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.add(
            new Entry(
                entry.getName(),
                entry.getMode() & PERMISSIONS,
                "%s:%s %d:%d"
                    .formatted(
                        entry.getUserName(),
                        entry.getGroupName(),
                        entry.getLongUserId(),
                        entry.getLongGroupId()),
                LocalDateTime.ofInstant(entry.getLastModifiedTime().toInstant(), ZoneOffset.UTC),
                tar.readAllBytes()));
      }
    }
    return entries;
  }

  private static List<Entry> zip(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
      Enumeration<ZipArchiveEntry> inOrder = zip.getEntriesInPhysicalOrder();
      while (inOrder.hasMoreElements()) {
        ZipArchiveEntry entry = inOrder.nextElement();
        // A zip has no time zone: what it says is the reader's local time.
        Instant local = Instant.ofEpochMilli(entry.getTime());
        entries.add(
            new Entry(
                entry.getName(),
                entry.getUnixMode() & PERMISSIONS,
                "",
                LocalDateTime.ofInstant(local, ZoneId.systemDefault()),
                zip.getInputStream(entry).readAllBytes()));
      }
    }
    return entries;
  }

  /** The files' contents by name without the top folder's. */
  Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    for (Entry entry : entries) {
      if (!entry.isFolder()) {
        files.put(entry.name().substring(entry.name().indexOf('/') + 1), entry.bytes());
      }
    }
    return files;
  }

  /** The only folder at the top. */
  String topFolder() {
    List<String> tops =
        entries.stream()
            .map(entry -> entry.name().substring(0, entry.name().indexOf('/') + 1))
            .distinct()
            .toList();
    if (tops.size() != 1) {
      throw new AssertionError(file + " has not one folder at the top but " + tops);
    }
    return tops.get(0).replace("/", "");
  }

  /** Unpacks it, and says where its top folder is then. */
  Path unpack(Path folder) throws IOException {
    for (Entry entry : entries) {
      Path path = folder.resolve(entry.name()).normalize();
      if (!path.startsWith(folder)) {
        throw new IOException(file + " would write outside: " + entry.name());
      }
      if (entry.isFolder()) {
        Files.createDirectories(path);
      } else {
        Files.createDirectories(path.resolveSibling(""));
        Files.write(path, entry.bytes());
      }
    }
    return folder.resolve(topFolder());
  }

  @Override
  public String toString() {
    return file.resolveSibling("").relativize(file).toString();
  }
}
