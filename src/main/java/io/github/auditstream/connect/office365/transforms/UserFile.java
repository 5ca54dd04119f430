package io.github.auditstream.connect.office365.transforms;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list of users in a file: one a line, in UTF-8, lines that begin with {@code #} and empty lines
 * aside. It is read again when the file changes, which is looked for at most once an interval.
 *
 * <p>A file that cannot be read, or lists nobody, is an error at first. Later the list that was
 * read last stays, with a line in the log when that begins and when it ends: a list that is lost
 * must neither let everyone through nor stop everyone.
 *
 * <p>Not thread-safe.
 */
final class UserFile {

  private static final Logger LOG = LoggerFactory.getLogger(UserFile.class);
  private static final long MAX_BYTES = 64L << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String key;
  private final Path path;
  private final Clock clock;
  private final long intervalMillis;
  private long nextLookMillis;
  private Stamp stamp;
  private Names users;
  private boolean troubled;

  /** What tells one version of the file from another. */
  private record Stamp(FileTime modified, long size, @Nullable Object file) {}

  /** What is wrong with the file, in words that say nothing of what is in it. */
  private static final class UnusableFileException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableFileException(String message) {
      super(message);
    }
  }

  /**
   * Reads the file for the first time.
   *
   * @param key the configuration key that names the file
   * @throws ConfigException if it cannot be read or lists nobody
   */
  UserFile(String key, String path, Clock clock, Duration interval) {
    this.key = key;
    this.clock = clock;
    this.intervalMillis = interval.toMillis();
    try {
      this.path = Path.of(path);
      this.stamp = stamp(this.path);
      this.users = read(this.path);
    } catch (InvalidPathException e) {
      throw new ConfigException(key, path, "is not the path of a file");
    } catch (UnusableFileException e) {
      throw new ConfigException(
          key,
          path,
          e.getMessage()
              + ". It must be a text file on every worker, readable by the worker's user, with one"
              + " user a line");
    }
    this.nextLookMillis = clock.millis() + intervalMillis;
  }

  /** The users in the file as it is now, or as it last could be read. */
  Names users() {
    long now = clock.millis();
    if (now >= nextLookMillis) {
      nextLookMillis = now + intervalMillis;
      look();
    }
    return users;
  }

  private void look() {
    try {
      // Taken first: what changes while it is read is read again at the next look.
      Stamp current = stamp(path);
      if (current.equals(stamp) && !troubled) {
        return;
      }
      users = read(path);
      stamp = current;
      troubled = false;
      LOG.info("Read {} users from {} ({})", users.size(), path, key);
    } catch (UnusableFileException e) {
      if (!troubled) {
        troubled = true;
        LOG.warn(
            "The file of users {} ({}) {}. The filter goes on with the {} users that it read"
                + " before, and looks again",
            path,
            key,
            e.getMessage(),
            users.size());
      }
    }
  }

  private static Stamp stamp(Path path) throws UnusableFileException {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      if (!file.isRegularFile()) {
        throw new UnusableFileException("is not a file");
      }
      if (file.size() > MAX_BYTES) {
        throw new UnusableFileException("is larger than " + (MAX_BYTES >> 20) + " MiB");
      }
      return new Stamp(file.lastModifiedTime(), file.size(), file.fileKey());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static Names read(Path path) throws UnusableFileException {
    List<String> names = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(path)) {
        String name =
            (line.startsWith(BYTE_ORDER_MARK) ? line.substring(BYTE_ORDER_MARK.length()) : line)
                .strip();
        if (!name.isEmpty() && name.charAt(0) != '#') {
          names.add(name);
        }
      }
    } catch (IOException e) {
      throw unusable(e);
    }
    if (names.isEmpty()) {
      throw new UnusableFileException("lists no user");
    }
    return new Names(names);
  }

  private static UnusableFileException unusable(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new UnusableFileException("does not exist");
    }
    return new UnusableFileException(
        cause instanceof CharacterCodingException
            ? "is not text in UTF-8"
            : "cannot be read (" + cause.getClass().getSimpleName() + ")");
  }
}
