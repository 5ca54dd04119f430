package io.github.auditstream.connect.office365.feed.offset;

import java.time.Instant;
import java.util.Optional;

/**
 * A span of content creation times that a feed has left for later, to take it from its newest end:
 * {@code from <= contentCreated < until}. What was created from {@code until} on, up to the feed's
 * own {@code completeUntil}, is done.
 *
 * @param from the first creation time in it
 * @param until the first creation time after it; after {@code from}
 * @param readUntil every blob in it that was listed before and created before this is done; what
 *     appeared late is not; from {@code from} on
 */
public record Backlog(Instant from, Instant until, Instant readUntil) {
  public Backlog {
    if (!from.isBefore(until) || readUntil.isBefore(from)) {
      throw new IllegalArgumentException("no backlog: " + from + " to " + until);
    }
  }

  boolean holds(Instant created) {
    return !created.isBefore(from) && created.isBefore(until);
  }

  /** What is left of it when everything from a time on is done. */
  public Optional<Backlog> before(Instant time) {
    if (!time.isBefore(until)) {
      return Optional.of(this);
    }
    return time.isAfter(from) ? Optional.of(new Backlog(from, time, readUntil)) : Optional.empty();
  }

  /** What is left of it when everything before a time is gone. */
  Optional<Backlog> since(Instant time) {
    if (!time.isAfter(from)) {
      return Optional.of(this);
    }
    return time.isBefore(until)
        ? Optional.of(new Backlog(time, until, readUntil.isAfter(time) ? readUntil : time))
        : Optional.empty();
  }
}
