package io.github.auditstream.connect.office365.feed.offset;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a feed's content has been listed in this run, and what follows from that and from what is
 * under way for the state. Not safe for many threads.
 */
public final class Watermarks {
  private final Duration overlap;
  private Instant lookedBackUntil;

  /** What the last run had listed and not read is known only when it has been listed again. */
  private Instant knownUntil;

  private Instant backlogListedFrom;

  public Watermarks(FeedState state, Duration overlap) {
    this.overlap = overlap;
    this.knownUntil = state.readUntil();
    this.lookedBackUntil = state.completeUntil().plus(overlap);
    this.backlogListedFrom = state.backlog().map(Backlog::until).orElse(Instant.MAX);
  }

  /** Listings that looked back over the whole overlap have come so far. */
  public Instant lookedBackUntil() {
    return lookedBackUntil;
  }

  public void lookedBackUntil(Instant until) {
    lookedBackUntil = later(lookedBackUntil, until);
  }

  public void listedUntil(Instant until) {
    knownUntil = later(knownUntil, until);
  }

  public void expired(Instant until) {
    knownUntil = later(knownUntil, until);
    lookedBackUntil = later(lookedBackUntil, until.plus(overlap));
  }

  /** Whether what was created then had its turn in a listing that has come to its end. */
  public boolean hasListed(Instant created) {
    return created.isBefore(knownUntil);
  }

  /** From here on the backlog has been listed. */
  public Instant backlogListedFrom() {
    return backlogListedFrom;
  }

  public void backlogListedFrom(Instant from) {
    backlogListedFrom = earlier(backlogListedFrom, from);
  }

  /**
   * Everything is complete that was looked for once more when it was older than the overlap, and
   * that is older than whatever is still on its way.
   *
   * @param oldest when the oldest blob under way was created that is not the backlog's
   * @param newestOfBacklog when the newest blob under way was created that is
   */
  public FeedState advance(
      FeedState state, @Nullable Instant oldest, @Nullable Instant newestOfBacklog) {
    Instant settled = earlier(lookedBackUntil, state.listedUntil()).minus(overlap);
    Instant known = earlier(knownUntil, state.listedUntil());
    FeedState advanced =
        state
            .completeUntil(oldest == null ? settled : earlier(oldest, settled))
            .readUntil(oldest == null ? known : earlier(oldest, known));
    if (state.backlog().isEmpty()) {
      return advanced;
    }
    return advanced.backlogDoneFrom(
        newestOfBacklog == null
            ? backlogListedFrom
            : later(backlogListedFrom, newestOfBacklog.plusNanos(1)));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
