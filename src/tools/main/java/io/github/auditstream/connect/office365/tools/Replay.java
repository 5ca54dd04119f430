package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.feed.offset.ReplayOffset;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Has the connector read again what is in the dead letters, while the blobs last: it stops the
 * connector, adds the blobs to those that its source offsets hold as parked, and resumes it. So
 * what is replayed goes the way of everything else, with the same guarantees.
 */
@Command(
    name = "Replay",
    description = {
      "Has the Office 365 audit source read again what is in its dead letters.",
      "The connector is stopped for a moment and then goes on."
    },
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:all of it is on its way (or there was nothing)",
      "1:some of it cannot be replayed",
      "2:it failed; then the connector goes on as before"
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is required.
public final class Replay implements Callable<Integer> {
  private final Program program;

  @Mixin private WorkerOptions options;

  @Option(
      names = "--content-id",
      paramLabel = "ID",
      description = "only this blob; may be given more than once")
  private Set<String> contentIds = Set.of();

  @Option(names = "--tenant", paramLabel = "GUID", description = "only this tenant's")
  private Set<UUID> tenants = Set.of();

  @Option(
      names = "--content-type",
      paramLabel = "TYPE",
      description = "only this content type's, for example Audit.Exchange")
  private Set<ContentType> contentTypes = Set.of();

  @Option(names = "--dry-run", description = "say what would be done, and do nothing")
  private boolean dryRun;

  private WorkerRest rest;
  private boolean allReplayed = true;

  Replay(Program program) {
    this.program = program;
  }

  /** Runs it and ends the process with its exit status. */
  public static void main(String[] args) {
    Program.main(Replay::new, args);
  }

  @Override
  public Integer call() throws InterruptedException {
    rest = options.requireRest(program);
    ConnectorFile connector = rest.config();
    TopicSettings topics = connector.topics(Optional.empty(), options.file());
    try (RecordDecoder decoder = RecordDecoder.create(options.file(), connector);
        TopicScan scan = new TopicScan(options.file().consumerSettings())) {
      OpenLetters letters = new OpenLetters(topics);
      scan.begin(List.of(List.of(topics.deadLetter()), List.of(topics.receipts())));
      Runnable readOn =
          () ->
              scan.readToEnd(
                  record -> {
                    if (record.value() != null) {
                      letters.add(record.topic(), decoder.value(record));
                    }
                  });
      readOn.run();
      ReplayChoice choice = choose(letters);
      if (choice.wanted().isEmpty() || dryRun) {
        describe(choice, letters, topics);
        if (!choice.wanted().isEmpty()) {
          edit(choice.wanted(), requested(letters));
        }
        if (dryRun) {
          say("This was a dry run: nothing has been done.");
        }
      } else {
        replay(readOn, letters, topics);
      }
    }
    return allReplayed ? Program.OK : Program.WRONG;
  }

  /** What the options name, as the records write it. */
  ReplayChoice.Meant meant() {
    return new ReplayChoice.Meant(
        tenants.stream().map(UUID::toString).collect(Collectors.toSet()),
        contentTypes.stream().map(ContentType::apiName).collect(Collectors.toSet()),
        contentIds);
  }

  private ReplayChoice choose(OpenLetters letters) {
    return ReplayChoice.of(letters.open(), meant(), program.clock().instant());
  }

  private void describe(ReplayChoice choice, OpenLetters letters, TopicSettings topics) {
    choice.cannot().forEach(this::say);
    // No part of the exit status: nothing but the topic's retention ends them.
    ReplayChoice.passedOver(letters.entries(), meant()).ifPresent(this::say);
    allReplayed &= choice.cannot().isEmpty();
    if (choice.wanted().isEmpty()) {
      say(
          ("There is nothing to replay in %s. Dead letters from before a change of"
                  + " topic.prefix are in that prefix's topic, and are not looked for.")
              .formatted(topics.deadLetter()));
    }
  }

  /** Later than every dead letter, whatever this machine's clock says. */
  private Instant requested(OpenLetters letters) {
    Instant now = program.clock().instant();
    Instant after = letters.latest().plusMillis(1);
    return (after.isAfter(now) ? after : now).truncatedTo(ChronoUnit.MILLIS);
  }

  private void cannot(FeedName feed, String contentId, String why) {
    say(ReplayChoice.refusal(feed, contentId, why));
    allReplayed = false;
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
      // Until it was stopped it may have read some of it, again or in another replay.
      readOn.run();
      ReplayChoice choice = choose(letters);
      describe(choice, letters, topics);
      requested = requested(letters);
      Map<FeedId, Map<String, Object>> offsets = edit(choice.wanted(), requested);
      any = !offsets.isEmpty();
      if (any) {
        rest.alterOffsets(offsets);
      }
      done = true;
    } finally {
      restore(before, done);
    }
    say(
        any
            ? "Done. Each replay has a receipt of its own, with Replay %s, when it has come to its end."
                .formatted(requested)
            : "Nothing has been changed.");
  }

  private void restore(String before, boolean done) throws InterruptedException {
    try {
      setState(before, done);
    } catch (InterruptedException e) {
      // Whoever wants the process to end does not want the connector to stay stopped.
      setState(before, done);
      throw e;
    }
  }

  private void setState(String before, boolean done) throws InterruptedException {
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
    Map<FeedName, Map<String, Object>> stored = rest.offsets();
    Map<FeedId, Map<String, Object>> edited = new LinkedHashMap<>();
    wanted.forEach(
        (feed, blobs) -> {
          Map<String, Object> offset = stored.get(feed);
          if (offset == null) {
            for (ReplayOffset.Wanted one : blobs) {
              cannot(feed, one.blob().contentId(), "the connector has no offset of this feed");
            }
          } else {
            add(feed, offset, blobs, requested).ifPresent(with -> edited.put(feed.id(), with));
          }
        });
    return edited;
  }

  private Optional<Map<String, Object>> add(
      FeedName feed,
      Map<String, Object> offset,
      List<ReplayOffset.Wanted> wanted,
      Instant requested) {
    try {
      ReplayOffset.Edited edited = ReplayOffset.add(feed.id(), offset, wanted, requested);
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

  private void say(String text) {
    program.out().println(text);
  }
}
