package io.github.auditstream.connect.office365.exports;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A folder that export files are put into. Not the files' own times say whether one is complete,
 * which copies keep and other computers set, but what was seen of them here. One thread looks.
 */
public final class ExportFolder {
  private final Path folder;
  private final Duration quiet;
  private final LongSupplier nanoTime;
  private Map<String, Seen> seen = Map.of();

  /**
   * A folder.
   *
   * @param quiet how long a file must have stayed the same to be taken as complete
   * @param nanoTime as {@link System#nanoTime()} has it
   */
  public ExportFolder(Path folder, Duration quiet, LongSupplier nanoTime) {
    this.folder = folder;
    this.quiet = quiet;
    this.nanoTime = nanoTime;
  }

  /**
   * What is in the folder.
   *
   * @param complete the files to be read, in the order of their names
   * @param growing how many were new, or have changed of late: these are for a later look
   */
  public record Look(List<Path> complete, int growing) {}

  private record Seen(long size, FileTime modified, long sinceNanos) {
    boolean isSame(BasicFileAttributes now) {
      return size == now.size() && modified.equals(now.lastModifiedTime());
    }
  }

  /**
   * Looks at the files. Folders and hidden files are passed over, and so are links that lead out of
   * the folder and files that vanish meanwhile.
   *
   * @throws IOException if the folder cannot be listed
   */
  public Look look() throws IOException {
    long now = nanoTime.getAsLong();
    Path root = folder.toRealPath();
    Map<String, Seen> found = new HashMap<>();
    Map<String, Path> complete = new TreeMap<>();
    for (Path file : files()) {
      String name = String.valueOf(file.getFileName());
      BasicFileAttributes attributes = attributes(file, root);
      if (attributes == null) {
        continue;
      }
      Seen before = seen.get(name);
      Seen after =
          before != null && before.isSame(attributes)
              ? before
              : new Seen(attributes.size(), attributes.lastModifiedTime(), now);
      found.put(name, after);
      if (now - after.sinceNanos() >= quiet.toNanos()) {
        complete.put(name, file);
      }
    }
    seen = found;
    return new Look(List.copyOf(complete.values()), found.size() - complete.size());
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(files::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files;
  }

  /** Of a file that is to be read at some time; null for any other. */
  private static @Nullable BasicFileAttributes attributes(Path file, Path root) throws IOException {
    try {
      if (Files.isHidden(file) || !file.toRealPath().startsWith(root)) {
        return null;
      }
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile() ? attributes : null;
    } catch (NoSuchFileException e) {
      return null;
    } catch (FileSystemException e) {
      if (Files.isSymbolicLink(file)) {
        // One that leads round in a circle.
        return null;
      }
      throw e;
    }
  }
}
