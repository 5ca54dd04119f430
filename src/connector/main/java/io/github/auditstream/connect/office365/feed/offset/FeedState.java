package io.github.auditstream.connect.office365.feed.offset;

import io.github.auditstream.connect.office365.api.RefusedEntry;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.status.FeedStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a feed must not forget: it travels as the source offset of every record, so that it is
 * always exactly as old as what is in Kafka. Immutable; what happened gives the next state.
 *
 * @param completeUntil every blob created before this is settled, parked or dead-lettered; nothing
 *     before it is ever listed again
 * @param listedUntil content up to here has been listed to the end
 * @param readUntil every listed blob created before this is settled, parked or dead-lettered; goes
 *     back where one appears late
 * @param settled the blobs from {@code completeUntil} on that are done, and the refused entries of
 *     listings that have dead letters
 * @param parked by contentId, the blobs put aside
 * @param position the last record that left; empty before the first
 * @param waitingSince since when the feed has waited for its very first listing; empty once that
 *     has come
 * @param gap the last span of content that expired unread, if there was one
 * @param backlog what lies before {@code completeUntil} and was left for later, if there is some;
 *     of it, too, {@code settled} holds the blobs that are done
 * @param readFrom the feed's first beginning: no blob created before it was ever to be read; empty
 *     where that is not known, as after a rewind
 */
public record FeedState(
    Instant completeUntil,
    Instant listedUntil,
    Instant readUntil,
    Settled settled,
    SortedMap<String, ParkedBlob> parked,
    Optional<Position> position,
    Optional<Instant> waitingSince,
    Optional<FeedStatus.Gap> gap,
    Optional<Backlog> backlog,
    Optional<Instant> readFrom) {

  /**
   * While the offset remembers so much, it takes up no refused entries: their dead letters can come
   * twice then, where their blobs' events never do.
   */
  private static final int MOST_REMEMBERED = 20_000;

  public FeedState {
    parked = Collections.unmodifiableSortedMap(parked);
  }

  /** The state of a feed that takes every blob created from the given time on. */
  static FeedState startingAt(Instant start) {
    return startingAt(start, Optional.empty(), Optional.empty());
  }

  private static FeedState startingAt(
      Instant start, Optional<Instant> waitingSince, Optional<Instant> readFrom) {
    return new FeedState(
        start,
        start,
        start,
        Settled.none(),
        new TreeMap<>(),
        Optional.empty(),
        waitingSince,
        Optional.empty(),
        Optional.empty(),
        readFrom);
  }

  /**
   * The state of a feed that takes every blob created from the given time on, and of the older ones
   * those that were put aside.
   *
   * @param aside what was put aside; those created from the given time on are listed again, whole
   */
  static FeedState rewoundTo(Instant start, SortedMap<String, ParkedBlob> aside) {
    SortedMap<String, ParkedBlob> older = new TreeMap<>(aside);
    older.values().removeIf(parked -> !parked.blob().contentCreated().isBefore(start));
    FeedState rewound = startingAt(start);
    return new FeedState(
        start,
        start,
        start,
        rewound.settled,
        older,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The state of a feed that has never been listed, by whomever. */
  public static FeedState waitingSince(Instant now, Instant start) {
    return startingAt(start, Optional.of(now), Optional.of(start));
  }

  /** Another beginning of a feed of which nothing has been listed yet. */
  public FeedState beginningAt(Instant start) {
    return startingAt(start, waitingSince, readFrom.map(unused -> start));
  }

  /**
   * Whether a listed blob needs no attention: it is done, put aside, or older than the feed's
   * beginning.
   */
  public boolean knows(ContentBlob blob) {
    return isPast(blob) || parked.containsKey(blob.contentId()) || settled.contains(blob);
  }

  private boolean isPast(ContentBlob blob) {
    return isPast(blob.contentCreated());
  }

  private boolean isPast(Instant created) {
    return created.isBefore(completeUntil) && backlog.filter(left -> left.holds(created)).isEmpty();
  }

  /**
   * Whether a refused entry needs no attention: its dead letter is written, its blob was read when
   * it was listed well, or it is older than the feed's beginning.
   *
   * @param created when it was created; empty where that is not known
   */
  public boolean knows(RefusedEntry entry, Optional<Instant> created) {
    return created.filter(this::isPast).isPresent()
        || settled.contains(entry.key())
        || entry.contentId().filter(this::isInHand).isPresent();
  }

  private boolean isInHand(String contentId) {
    return parked.containsKey(contentId) || settled.contains(contentId);
  }

  /**
   * A refused entry goes to the dead letters.
   *
   * @param until it can be listed again in what was created before this, and not later
   */
  public FeedState afterRefusing(RefusedEntry entry, Instant until) {
    return new FeedState(
        completeUntil,
        listedUntil,
        readUntil,
        settled.size() < MOST_REMEMBERED ? settled.with(entry.key(), until) : settled,
        parked,
        position,
        waitingSince,
        gap,
        backlog,
        readFrom);
  }

  /** Every blob created before this is settled, parked or dead-lettered. */
  public Instant allCompleteUntil() {
    return backlog.map(Backlog::from).orElse(completeUntil);
  }

  /** Every listed blob created before this is, and none is left for later. */
  public Instant allReadUntil() {
    return backlog.map(Backlog::readUntil).orElse(readUntil);
  }

  /** Leaves what was created before a time, and is not complete, for later. */
  public FeedState leavingForLater(Instant time) {
    return new FeedState(
        time,
        later(listedUntil, time),
        later(readUntil, time),
        settled,
        parked,
        position,
        waitingSince,
        gap,
        Optional.of(new Backlog(completeUntil, time, readUntil)),
        readFrom);
  }

  /** Of what was left for later, everything from a time on is done. */
  FeedState backlogDoneFrom(Instant time) {
    return withBacklog(backlog.flatMap(left -> left.before(time)));
  }

  /** Of what was left for later, everything before a time has expired. */
  public FeedState backlogExpiredUntil(Instant time) {
    return withBacklog(backlog.flatMap(left -> left.since(time)));
  }

  public FeedState with(FeedStatus.Gap told) {
    return new FeedState(
        completeUntil,
        listedUntil,
        readUntil,
        settled,
        parked,
        position,
        waitingSince,
        Optional.of(told),
        backlog,
        readFrom);
  }

  /** With less left for later; the same if it is no less. */
  private FeedState withBacklog(Optional<Backlog> left) {
    return left.equals(backlog)
        ? this
        : new FeedState(
            completeUntil,
            listedUntil,
            readUntil,
            kept(left, completeUntil),
            parked,
            position,
            waitingSince,
            gap,
            left,
            readFrom);
  }

  /** Of the settled blobs, those that can be listed again. */
  private Settled kept(Optional<Backlog> left, Instant since) {
    return left.map(later -> settled.since(later.from()).without(later.until(), since))
        .orElseGet(() -> settled.since(since));
  }

  public FeedState afterListing(Instant until) {
    return until.isAfter(listedUntil)
        ? new FeedState(
            completeUntil,
            until,
            readUntil,
            settled,
            parked,
            position,
            Optional.empty(),
            gap,
            backlog,
            readFrom)
        : this;
  }

  /** Moves the line before which everything is done; it never moves back. */
  public FeedState completeUntil(Instant time) {
    return time.isAfter(completeUntil)
        ? new FeedState(
            time,
            later(listedUntil, time),
            later(readUntil, time),
            kept(backlog, time),
            parked,
            position,
            waitingSince,
            gap,
            backlog,
            readFrom)
        : this;
  }

  /**
   * The state of a feed whose lines lie in the future: what is created until then would be passed
   * over.
   *
   * @param complete before which everything is taken to be done; what was done from then on can
   *     come again, unless it is still remembered
   * @param now up to which content can have been listed at most
   */
  public FeedState broughtBack(Instant complete, Instant now) {
    Instant listed = listedUntil.isAfter(now) ? now : listedUntil;
    Instant read = readUntil.isAfter(now) ? now : readUntil;
    return new FeedState(
        complete,
        later(listed, complete),
        later(read, complete),
        settled,
        parked,
        position,
        waitingSince,
        gap,
        backlog.flatMap(left -> left.before(complete)),
        readFrom.map(from -> from.isAfter(complete) ? complete : from));
  }

  /** Everything listed and created before this is done. */
  FeedState readUntil(Instant time) {
    return new FeedState(
        completeUntil,
        listedUntil,
        time,
        settled,
        parked,
        position,
        waitingSince,
        gap,
        backlog,
        readFrom);
  }

  /** Content of this span has expired unread; what comes behind it is what is left to do. */
  public FeedState afterGap(FeedStatus.Gap expired) {
    return new FeedState(
        completeUntil,
        later(listedUntil, expired.until()),
        later(readUntil, expired.until()),
        settled,
        parked,
        position,
        waitingSince,
        Optional.of(expired),
        backlog,
        readFrom);
  }

  /**
   * An element of a blob has left.
   *
   * @param deadLettered how many of the blob's elements up to there went to the dead letters
   */
  public FeedState afterRecord(
      ContentBlob blob, long index, Optional<String> eventId, long deadLettered) {
    Position here = Position.inside(blob, index, eventId, deadLettered);
    return new FeedState(
        completeUntil,
        listedUntil,
        readUntil,
        settled,
        parked,
        Optional.of(here),
        waitingSince,
        gap,
        backlog,
        readFrom);
  }

  /** The blob is done: all its events are in Kafka, or a dead letter says why not. */
  public FeedState afterSettling(ContentBlob blob) {
    return new FeedState(
        completeUntil,
        listedUntil,
        readUntil,
        withSettled(blob),
        without(blob),
        Optional.of(Position.after(blob)),
        waitingSince,
        gap,
        backlog,
        readFrom);
  }

  public FeedState afterParking(ParkedBlob aside) {
    SortedMap<String, ParkedBlob> more = new TreeMap<>(parked);
    more.put(aside.blob().contentId(), aside);
    return new FeedState(
        completeUntil,
        listedUntil,
        readUntil,
        settled,
        more,
        position,
        waitingSince,
        gap,
        backlog,
        readFrom);
  }

  private Settled withSettled(ContentBlob blob) {
    return isPast(blob) ? settled : settled.with(blob);
  }

  private SortedMap<String, ParkedBlob> without(ContentBlob blob) {
    if (!parked.containsKey(blob.contentId())) {
      return parked;
    }
    SortedMap<String, ParkedBlob> fewer = new TreeMap<>(parked);
    fewer.remove(blob.contentId());
    return fewer;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** This state as the flat map that Connect stores. */
  public Map<String, Object> toSourceOffset() {
    return new SourceOffset(this);
  }
}
