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
 * @param progress how far the feed is
 * @param settled the blobs from {@code completeUntil} on that are done, and the refused entries of
 *     listings that have dead letters
 * @param parked by contentId, the parked blobs
 * @param position the last record that left; empty before the first
 * @param gap the last span of content that expired unread, if there was one
 * @param backlog what lies before {@code completeUntil} and was left for later, if there is some;
 *     of it, too, {@code settled} holds the blobs that are done
 * @param beginning where the feed began
 */
public record FeedState(
    Progress progress,
    Settled settled,
    SortedMap<String, ParkedBlob> parked,
    Optional<Position> position,
    Optional<FeedStatus.Gap> gap,
    Optional<Backlog> backlog,
    Beginning beginning) {
  /**
   * So many parked blobs are remembered in the offset, which must stay small. Of those beyond
   * nothing may have left yet, or they join the others: what is read in part is forgotten by
   * nothing else.
   */
  public static final int MOST_PARKED = 100;

  /**
   * So many more can be those that are read in part: as more blobs are parked, fewer are retrieved
   * ahead, down to this.
   */
  public static final int MORE_PARKED = 16;

  /**
   * While the offset remembers so much, it takes up no refused entries: their dead letters can come
   * twice then, where their blobs' events never do.
   */
  private static final int MOST_REMEMBERED = 20_000;

  public FeedState {
    parked = Collections.unmodifiableSortedMap(parked);
  }

  /**
   * How far a feed is.
   *
   * @param completeUntil every blob created before this is settled, parked or dead-lettered;
   *     nothing before it is ever listed again
   * @param listedUntil content up to here has been listed to the end
   * @param readUntil every listed blob created before this is settled, parked or dead-lettered;
   *     goes back where one appears late
   */
  public record Progress(Instant completeUntil, Instant listedUntil, Instant readUntil) {
    private static Progress startingAt(Instant start) {
      return new Progress(start, start, start);
    }

    private Progress completeUntil(Instant time) {
      return new Progress(time, listedUntil, readUntil).atLeastUntil(time);
    }

    /** Content up to a time has been listed and read, if it was not. */
    private Progress atLeastUntil(Instant time) {
      return new Progress(completeUntil, later(listedUntil, time), later(readUntil, time));
    }
  }

  /**
   * Where a feed began.
   *
   * @param waitingSince since when the feed has waited for its very first listing; empty once that
   *     has come
   * @param readFrom the feed's first beginning: no blob created before it was ever to be read;
   *     empty where that is not known, as after a rewind
   */
  public record Beginning(Optional<Instant> waitingSince, Optional<Instant> readFrom) {}

  /** The state of a feed that takes every blob created from the given time on. */
  static FeedState startingAt(Instant start) {
    return startingAt(start, new Beginning(Optional.empty(), Optional.empty()));
  }

  private static FeedState startingAt(Instant start, Beginning beginning) {
    return new FeedState(
        Progress.startingAt(start),
        Settled.none(),
        new TreeMap<>(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        beginning);
  }

  /**
   * The state of a feed that takes every blob created from the given time on, and of the older ones
   * those that were parked.
   *
   * @param all what was parked; those created from the given time on are listed again, whole
   */
  static FeedState rewoundTo(Instant start, SortedMap<String, ParkedBlob> all) {
    SortedMap<String, ParkedBlob> older = new TreeMap<>(all);
    older.values().removeIf(parked -> !parked.blob().contentCreated().isBefore(start));
    return startingAt(start).withParked(older);
  }

  /** The state of a feed that has never been listed, by whomever. */
  public static FeedState waitingSince(Instant now, Instant start) {
    return startingAt(start, new Beginning(Optional.of(now), Optional.of(start)));
  }

  /** Another beginning of a feed of which nothing has been listed yet. */
  public FeedState beginningAt(Instant start) {
    return startingAt(start, new Beginning(waitingSince(), readFrom().map(unused -> start)));
  }

  public Instant completeUntil() {
    return progress.completeUntil();
  }

  public Instant listedUntil() {
    return progress.listedUntil();
  }

  public Instant readUntil() {
    return progress.readUntil();
  }

  public Optional<Instant> waitingSince() {
    return beginning.waitingSince();
  }

  public Optional<Instant> readFrom() {
    return beginning.readFrom();
  }

  /**
   * Whether a listed blob needs no attention: it is done, parked, or older than the feed's
   * beginning.
   */
  public boolean knows(ContentBlob blob) {
    return isPast(blob) || parked.containsKey(blob.contentId()) || settled.contains(blob);
  }

  private boolean isPast(ContentBlob blob) {
    return isPast(blob.contentCreated());
  }

  private boolean isPast(Instant created) {
    return created.isBefore(completeUntil())
        && backlog.filter(left -> left.holds(created)).isEmpty();
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
    return settled.size() < MOST_REMEMBERED ? with(settled.with(entry.key(), until)) : this;
  }

  /** Every blob created before this is settled, parked or dead-lettered. */
  public Instant allCompleteUntil() {
    return backlog.map(Backlog::from).orElse(completeUntil());
  }

  /** Every listed blob created before this is, and none is left for later. */
  public Instant allReadUntil() {
    return backlog.map(Backlog::readUntil).orElse(readUntil());
  }

  /** Leaves what was created before a time, and is not complete, for later. */
  public FeedState leavingForLater(Instant time) {
    Backlog left = new Backlog(completeUntil(), time, readUntil());
    return with(progress.completeUntil(time)).with(settled, Optional.of(left));
  }

  /** Of what was left for later, everything from a time on is done. */
  FeedState backlogDoneFrom(Instant time) {
    return withBacklog(backlog.flatMap(left -> left.before(time)));
  }

  /** Of what was left for later, everything before a time has expired. */
  public FeedState backlogExpiredUntil(Instant time) {
    return withBacklog(backlog.flatMap(left -> left.since(time)));
  }

  /** With less left for later; the same if it is no less. */
  private FeedState withBacklog(Optional<Backlog> left) {
    return left.equals(backlog) ? this : with(kept(left, completeUntil()), left);
  }

  /** Of the settled blobs, those that can be listed again. */
  private Settled kept(Optional<Backlog> left, Instant since) {
    return left.map(later -> settled.since(later.from()).without(later.until(), since))
        .orElseGet(() -> settled.since(since));
  }

  /** Content up to here has been listed to the end. */
  public FeedState afterListing(Instant until) {
    return until.isAfter(listedUntil())
        ? with(new Progress(completeUntil(), until, readUntil()))
            .with(new Beginning(Optional.empty(), readFrom()))
        : this;
  }

  /** Moves the time before which everything is done; it never moves back. */
  public FeedState completeUntil(Instant time) {
    return time.isAfter(completeUntil())
        ? with(progress.completeUntil(time)).with(kept(backlog, time))
        : this;
  }

  /**
   * The state of a feed whose progress lies in the future: what is created until then would be
   * skipped.
   *
   * @param complete before which everything is taken to be done; what was done from then on can
   *     come again, unless it is still remembered
   * @param now up to which content can have been listed at most
   */
  public FeedState broughtBack(Instant complete, Instant now) {
    Progress known = new Progress(complete, earlier(listedUntil(), now), earlier(readUntil(), now));
    return with(known.atLeastUntil(complete))
        .with(settled, backlog.flatMap(left -> left.before(complete)))
        .with(new Beginning(waitingSince(), readFrom().map(from -> earlier(from, complete))));
  }

  /** Everything listed and created before this is done. */
  FeedState readUntil(Instant time) {
    return with(new Progress(completeUntil(), listedUntil(), time));
  }

  /** Content of this span has expired unread; what comes behind it is what is left to do. */
  public FeedState afterGap(FeedStatus.Gap expired) {
    return with(progress.atLeastUntil(expired.until())).with(expired);
  }

  /**
   * An element of a blob has left.
   *
   * @param deadLettered how many of the blob's elements up to there went to the dead letters
   */
  public FeedState afterRecord(
      ContentBlob blob, long index, Optional<String> eventId, long deadLettered) {
    return with(Position.inside(blob, index, eventId, deadLettered));
  }

  /** The blob is done: all its events are in Kafka, or a dead letter says why not. */
  public FeedState afterSettling(ContentBlob blob) {
    SortedMap<String, ParkedBlob> others = parked;
    if (parked.containsKey(blob.contentId())) {
      others = new TreeMap<>(parked);
      others.remove(blob.contentId());
    }
    return with(isPast(blob) ? settled : settled.with(blob))
        .withParked(others)
        .with(Position.after(blob));
  }

  /** The blob is parked. */
  public FeedState afterParking(ParkedBlob parkedBlob) {
    SortedMap<String, ParkedBlob> more = new TreeMap<>(parked);
    more.put(parkedBlob.blob().contentId(), parkedBlob);
    return withParked(more);
  }

  private FeedState with(Progress other) {
    return new FeedState(other, settled, parked, position, gap, backlog, beginning);
  }

  private FeedState with(Settled other) {
    return with(other, backlog);
  }

  private FeedState with(Settled blobs, Optional<Backlog> left) {
    return new FeedState(progress, blobs, parked, position, gap, left, beginning);
  }

  private FeedState withParked(SortedMap<String, ParkedBlob> blobs) {
    return new FeedState(progress, settled, blobs, position, gap, backlog, beginning);
  }

  private FeedState with(Position last) {
    return new FeedState(progress, settled, parked, Optional.of(last), gap, backlog, beginning);
  }

  /** With another last gap. */
  public FeedState with(FeedStatus.Gap last) {
    return new FeedState(
        progress, settled, parked, position, Optional.of(last), backlog, beginning);
  }

  private FeedState with(Beginning other) {
    return new FeedState(progress, settled, parked, position, gap, backlog, other);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isAfter(other) ? other : one;
  }

  /** This state as the flat map that Connect stores. */
  public Map<String, Object> toSourceOffset() {
    return new SourceOffset(this);
  }
}
