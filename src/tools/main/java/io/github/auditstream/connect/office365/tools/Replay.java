package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.feed.offset.ReplayOffset;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Has the connector read again what is in the dead letters, while the blobs last: it stops the
 * connector, adds the blobs to those that its source offsets hold aside, and lets it go on. So what
 * is replayed goes the way of everything else, with the same guarantees.
 */
public final class Replay {
  private static final String WORKER = "--worker";
  private static final String CONTENT_ID = "--content-id";
  private static final String TENANT = "--tenant";
  private static final String CONTENT_TYPE = "--content-type";
  private static final String DRY_RUN = "--dry-run";
  private static final String HELP = "--help";

  private static final String USAGE =
      """
      Has the Office 365 audit source read again what is in its dead letters.

        --worker FILE          the Connect worker's properties: bootstrap.servers, security, converters
        --content-id ID        only this blob; may be given more than once
        --tenant GUID          only this tenant's
        --content-type TYPE    only this content type's, for example Audit.Exchange
        --dry-run              say what would be done, and do nothing
      """
          + WorkerOptions.HELP
          + """

      The connector is stopped for a moment and then goes on.

      Exit status: 0 all of it is on its way (or there was nothing), 1 some of it cannot be replayed,
      2 it failed; then the connector goes on as before.
      """;

  private final Program program;
  private final Arguments options;
  private final WorkerRest rest;
  private final WorkerFile worker;
  private final ReplayChoice.Meant meant;
  private boolean allOnItsWay = true;

  private Replay(Program program, Arguments options) {
    this.program = program;
    this.options = options;
    this.worker = WorkerFile.read(Path.of(options.require(WORKER)));
    this.meant =
        new ReplayChoice.Meant(
            options.all(TENANT).stream().map(Replay::tenant).collect(Collectors.toSet()),
            options.all(CONTENT_TYPE).stream().map(Replay::contentType).collect(Collectors.toSet()),
            new LinkedHashSet<>(options.all(CONTENT_ID)));
    this.rest = WorkerOptions.rest(options, program.environment(), program.clock());
  }

  /** Runs it and ends the process with its exit status. */
  public static void main(String[] args) {
    Program.main(Replay::run, args);
  }

  static int run(String[] args, Program program) {
    return program.run(
        () -> {
          Set<String> valued = new TreeSet<>(Set.of(WORKER, CONTENT_ID, TENANT, CONTENT_TYPE));
          valued.addAll(WorkerOptions.ALL);
          Arguments options = Arguments.parse(args, valued, Set.of(DRY_RUN, HELP));
          if (options.has(HELP)) {
            program.out().print(USAGE);
            return Report.WELL;
          }
          return new Replay(program, options).run();
        });
  }

  private int run() throws InterruptedException {
    Map<String, String> config = rest.config();
    TopicSettings topics = ConnectorFile.topics(config, worker);
    try (RecordDecoder decoder = RecordDecoder.create(worker, config);
        TopicScan scan = new TopicScan(worker.consumerSettings())) {
      OpenLetters letters = new OpenLetters(topics);
      scan.begin(List.of(List.of(topics.deadLetter()), List.of(topics.receipts())));
      read(scan, letters, decoder);
      ReplayChoice choice = choose(letters);
      if (choice.wanted().isEmpty() || options.has(DRY_RUN)) {
        tell(choice, letters, topics);
        if (!choice.wanted().isEmpty()) {
          edit(choice.wanted(), requested(letters));
        }
        if (options.has(DRY_RUN)) {
          say("This was a dry run: nothing has been done.");
        }
      } else {
        replay(() -> read(scan, letters, decoder), letters, topics);
      }
    }
    return allOnItsWay ? Report.WELL : Report.WRONG;
  }

  private static void read(TopicScan scan, OpenLetters letters, RecordDecoder decoder) {
    scan.readToEnd(
        record -> {
          if (record.value() != null) {
            letters.add(record.topic(), decoder.value(record));
          }
        });
  }

  private void tell(ReplayChoice choice, OpenLetters letters, TopicSettings topics) {
    choice.cannot().forEach(this::say);
    // No part of the exit status: nothing but the topic's retention ends them.
    ReplayChoice.passedOver(letters.entries(), meant).ifPresent(this::say);
    allOnItsWay &= choice.cannot().isEmpty();
    if (choice.wanted().isEmpty()) {
      say(
          "There is nothing to replay in "
              + topics.deadLetter()
              + ". Dead letters from before a change of topic.prefix are in that prefix's topic,"
              + " and are not looked for.");
    }
  }

  /** Later than every dead letter, whatever this machine's clock says. */
  private Instant requested(OpenLetters letters) {
    Instant now = program.clock().instant();
    Instant after = letters.latest().plusMillis(1);
    return (after.isAfter(now) ? after : now).truncatedTo(ChronoUnit.MILLIS);
  }

  private ReplayChoice choose(OpenLetters letters) {
    return ReplayChoice.of(letters.open(), meant, program.clock().instant());
  }

  /** As the records write it. */
  static String tenant(String text) {
    try {
      return UUID.fromString(text).toString();
    } catch (IllegalArgumentException e) {
      throw new ToolException(TENANT + " is a tenant's id, a GUID, not " + text, e);
    }
  }

  private static String contentType(String text) {
    return ContentType.find(text)
        .map(ContentType::apiName)
        .orElseThrow(
            () ->
                new ToolException(
                    CONTENT_TYPE
                        + " is one of "
                        + List.of(ContentType.values())
                        + ", not "
                        + text));
  }

  private void cannot(FeedName feed, String contentId, String why) {
    say(ReplayChoice.refusal(feed, contentId, why));
    allOnItsWay = false;
  }

  /**
   * @param readOn reads what has come since
   */
  private void replay(Runnable readOn, OpenLetters letters, TopicSettings topics)
      throws InterruptedException {
    String before = rest.state();
    boolean done = false;
    boolean any = false;
    Instant requested;
    try {
      rest.stop();
      // Until it stood still it may have read some of it, again or in another replay.
      readOn.run();
      ReplayChoice choice = choose(letters);
      tell(choice, letters, topics);
      requested = requested(letters);
      Map<FeedId, Map<String, Object>> offsets = edit(choice.wanted(), requested);
      any = !offsets.isEmpty();
      if (any) {
        rest.alterOffsets(offsets);
      }
      done = true;
    } finally {
      goOn(before, done);
    }
    say(
        any
            ? "Done. Each replay has a receipt of its own, with Replay "
                + requested
                + ", when it has come to its end."
            : "Nothing has been changed.");
  }

  private void goOn(String before, boolean done) throws InterruptedException {
    try {
      setGoing(before, done);
    } catch (InterruptedException e) {
      // Whoever wants the process to end does not want the connector to stand still.
      setGoing(before, done);
      throw e;
    }
  }

  private void setGoing(String before, boolean done) throws InterruptedException {
    try {
      switch (before) {
        case "STOPPED" -> say("The connector is left stopped, as it was.");
        case "PAUSED" -> rest.pause();
        default -> rest.resume();
      }
    } catch (ToolException e) {
      say("The connector is stopped and could not be set going again: resume it.");
      if (done) {
        throw e;
      }
    }
  }

  /** The offsets with the replays in them, of the feeds that have any. */
  private Map<FeedId, Map<String, Object>> edit(
      SortedMap<FeedName, List<ReplayOffset.Wanted>> wanted, Instant requested)
      throws InterruptedException {
    Map<FeedName, Map<String, Object>> stored = new HashMap<>();
    rest.offsets().forEach(one -> stored.put(one.feed(), one.offset()));
    Map<FeedId, Map<String, Object>> edited = new LinkedHashMap<>();
    for (Map.Entry<FeedName, List<ReplayOffset.Wanted>> entry : wanted.entrySet()) {
      FeedName feed = entry.getKey();
      Optional<Map<String, Object>> offset = Optional.ofNullable(stored.get(feed));
      if (offset.isEmpty()) {
        entry
            .getValue()
            .forEach(
                one ->
                    cannot(
                        feed, one.blob().contentId(), "the connector has no offset of this feed"));
        continue;
      }
      add(feed, offset.get(), entry.getValue(), requested)
          .ifPresent(with -> edited.put(id(feed), with));
    }
    return edited;
  }

  private Optional<Map<String, Object>> add(
      FeedName feed,
      Map<String, Object> offset,
      List<ReplayOffset.Wanted> wanted,
      Instant requested) {
    try {
      ReplayOffset.Edited edited = ReplayOffset.add(id(feed), offset, wanted, requested);
      edited.refused().forEach((contentId, why) -> cannot(feed, contentId, why));
      for (ReplayOffset.Wanted taken : edited.taken()) {
        say(
            "%s blob %s: elements %s, expires %s"
                .formatted(
                    feed,
                    taken.blob().contentId(),
                    taken.elements(),
                    taken.blob().contentExpiration()));
      }
      return edited.taken().isEmpty() ? Optional.empty() : Optional.of(edited.offset());
    } catch (IllegalArgumentException e) {
      throw new ToolException("The offset of feed " + feed + ": " + e.getMessage(), e);
    }
  }

  private static FeedId id(FeedName feed) {
    return new FeedId(
        feed.tenant(),
        ContentType.find(feed.contentType())
            .orElseThrow(
                () -> new ToolException(feed.contentType() + " is not a known content type")));
  }

  private void say(String text) {
    program.out().println(text);
  }
}
