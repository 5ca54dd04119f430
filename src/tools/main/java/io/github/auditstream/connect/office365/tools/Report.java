package io.github.auditstream.connect.office365.tools;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the adding up came to. */
final class Report {
  /** All that was read adds up. */
  static final int WELL = 0;

  /** Something is missing or does not add up. */
  static final int WRONG = 1;

  /** It could not be told. */
  static final int UNTOLD = 2;

  /**
   * A row's place.
   *
   * @param hour of the blobs' contentCreated, UTC; {@link Instant#MAX} where it is unknown
   */
  record Place(FeedName feed, Instant hour) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byFeed = feed.compareTo(other.feed);
      return byFeed == 0 ? hour.compareTo(other.hour) : byFeed;
    }
  }

  /** The sums of an hour. */
  static final class Sums {
    long blobs;
    long found;
    long produced;
    long deadLettered;
    long lost;
    long missing;
    long twice;

    /** Records that are in the topics indeed, which the receipts only speak of. */
    long records;

    /** The columns. */
    List<Long> all() {
      return List.of(blobs, found, produced, deadLettered, lost, missing, twice);
    }

    void add(Sums other) {
      blobs += other.blobs;
      found += other.found;
      produced += other.produced;
      deadLettered += other.deadLettered;
      lost += other.lost;
      missing += other.missing;
      twice += other.twice;
      records += other.records;
    }
  }

  /**
   * Something that is wrong.
   *
   * @param contentId empty where it is about the feed
   */
  record Wrong(FeedName feed, Optional<String> contentId, Optional<Instant> created, String what) {}

  private final SortedMap<Place, Sums> rows = new TreeMap<>();
  private final List<Wrong> wrong = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();
  private boolean mayPass;
  private long notRead;

  Sums row(FeedName feed, Instant hour) {
    return rows.computeIfAbsent(new Place(feed, hour), unused -> new Sums());
  }

  void wrong(FeedName feed, Optional<String> contentId, Optional<Instant> created, String what) {
    wrong.add(new Wrong(feed, contentId, created, what));
  }

  /** What a reader should know, and what changes nothing in the verdict. */
  void note(String text) {
    notes.add(text);
  }

  /** What keeps it from being told whether all is well. */
  void doubt(String text) {
    doubts.add(text);
  }

  /** The same of what a later look may settle. */
  void passingDoubt(String text) {
    mayPass = true;
    doubt(text);
  }

  /**
   * Connect has dropped so many records of a feed. If they were all that a blob had, only the API
   * still knows of it.
   *
   * @param live whether what the API lists has been looked at
   */
  void dropped(FeedName feed, long records, boolean live) {
    if (records > 0) {
      String text =
          feed
              + ": Kafka Connect has dropped "
              + records
              + " of its records, for a transform or errors.tolerance=all; see the status record";
      if (live) {
        note(text);
      } else {
        doubt(text + ". Which blobs have left nothing can be told with --live only");
      }
    }
  }

  /** So many blobs that the API lists are still to be read. */
  void notRead(long blobs) {
    notRead += blobs;
  }

  /** Whether something may only be unfinished. */
  boolean mayPass() {
    return mayPass || !wrong.isEmpty();
  }

  SortedMap<Place, Sums> rows() {
    return rows;
  }

  List<Wrong> wrong() {
    return wrong;
  }

  List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    all.addAll(doubts);
    return all;
  }

  Sums total() {
    Sums total = new Sums();
    rows.values().forEach(total::add);
    return total;
  }

  int status() {
    if (!wrong.isEmpty()) {
      return WRONG;
    }
    return doubts.isEmpty() ? WELL : UNTOLD;
  }

  /** What is in the topics is told apart from what the receipts say, unless both are the same. */
  String verdict() {
    Sums all = total();
    String sums =
        "%s blobs; by their receipts %s events were found, %s produced and %s dead-lettered;%s"
            .formatted(
                all.blobs,
                all.found,
                all.produced,
                all.deadLettered,
                " " + all.records + " records are in their topics");
    return switch (status()) {
      case WELL ->
          "%s: %s blobs, %s events found = %s in their topics + %s in the dead letters%s."
              .formatted(
                  notRead == 0 ? "All adds up" : "All that was read adds up",
                  all.blobs,
                  all.found,
                  all.produced,
                  all.deadLettered,
                  notRead == 0
                      ? ""
                      : "; " + notRead + " blobs that the API lists are not read yet");
      case WRONG -> "It does not add up, see the " + wrong.size() + " faults above: " + sums + ".";
      default -> "It could not be told, see above: " + sums + ".";
    };
  }
}
