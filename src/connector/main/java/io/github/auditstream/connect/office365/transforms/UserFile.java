package io.github.auditstream.connect.office365.transforms;

import io.github.auditstream.connect.office365.transforms.UserFileText.UnusableFileException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list of users in a file: one a line, in UTF-8, without lines that begin with {@code #} and
 * empty lines. It is read again when the file changes, which is looked for at most once an
 * interval.
 *
 * <p>A file that cannot be read, or lists nobody, is an error at first. Later the list that was
 * read last stays, with a line in the log when that begins and when it ends: a list that is lost
 * must neither let everyone through nor stop everyone.
 *
 * <p>Not thread-safe.
 */
final class UserFile {

  private static final Logger LOG = LoggerFactory.getLogger(UserFile.class);

  /** Refuses the path of a file that cannot be read, or lists nobody, on this worker. */
  static final ConfigDef.Validator USABLE =
      ConfigDef.LambdaValidator.with(UserFile::ensureUsable, () -> "a file of users");

  private final String key;
  private final Path path;
  private final Clock clock;
  private final long intervalMillis;
  private long nextLookMillis;
  private UserFileText.Stamp stamp;
  private Names users;
  private boolean failing;

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
      this.stamp = UserFileText.stamp(this.path);
      this.users = new Names(UserFileText.users(this.path));
    } catch (InvalidPathException e) {
      throw new ConfigException(key, path, "is not the path of a file");
    } catch (UnusableFileException e) {
      throw new ConfigException(
          key,
          path,
          e.problem()
              + ". It must be a text file with one user a line, at this path on every worker, that the"
              + " worker's user may read. So it was seen on this worker, which got the request or"
              + " starts the connector or its task, and from within its container if it has one");
    }
    this.nextLookMillis = clock.millis() + intervalMillis;
  }

  private static void ensureUsable(String key, @Nullable Object value) {
    if (value instanceof String path && !path.isBlank()) {
      new UserFile(key, path, Clock.systemUTC(), Duration.ZERO);
    }
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
      UserFileText.Stamp current = UserFileText.stamp(path);
      if (current.equals(stamp) && !failing) {
        return;
      }
      users = new Names(UserFileText.users(path));
      stamp = current;
      failing = false;
      LOG.info("Read {} users from {} ({})", users.size(), path, key);
    } catch (UnusableFileException e) {
      if (!failing) {
        failing = true;
        LOG.warn(
            "The file of users {} ({}) {}. The filter goes on with the {} users that it read"
                + " before, and looks again",
            path,
            key,
            e.problem(),
            users.size());
      }
    }
  }
}
