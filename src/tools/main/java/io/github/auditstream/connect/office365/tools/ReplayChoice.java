package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.feed.offset.ReplayOffset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which of the open dead letters are to be replayed.
 *
 * @param wanted by feed
 * @param cannot one line for each blob that is meant and cannot be replayed, with the reason
 */
record ReplayChoice(SortedMap<FeedName, List<ReplayOffset.Wanted>> wanted, List<String> cannot) {

  /**
   * What the options name; an empty set means all.
   *
   * @param tenants ids as the records write them
   * @param contentTypes as the API writes them
   * @param contentIds blobs
   */
  record Meant(Set<String> tenants, Set<String> contentTypes, Set<String> contentIds) {
    private boolean isMeant(FeedName feed, String contentId) {
      return isMeant(tenants, feed.tenant())
          && isMeant(contentTypes, feed.contentType())
          && isMeant(contentIds, contentId);
    }

    private static boolean isMeant(Set<String> names, String name) {
      return names.isEmpty() || names.contains(name);
    }
  }

  static ReplayChoice of(
      SortedMap<FeedName, List<ReplayOffset.Wanted>> open, Meant meant, Instant now) {
    Set<String> unseen = new LinkedHashSet<>(meant.contentIds());
    ReplayChoice choice = new ReplayChoice(new TreeMap<>(), new ArrayList<>());
    open.forEach(
        (feed, blobs) -> {
          for (ReplayOffset.Wanted one : blobs) {
            String id = one.blob().contentId();
            if (!meant.isMeant(feed, id)) {
              continue;
            }
            unseen.remove(id);
            Instant expires = one.blob().contentExpiration();
            if (expires.isAfter(now)) {
              choice.take(feed, one);
            } else {
              choice.cannot.add(refusal(feed, id, "it expired at " + expires));
            }
          }
        });
    for (String id : unseen) {
      choice.cannot.add("Blob " + id + " cannot be replayed: no dead letter of it is open");
    }
    return choice;
  }

  private void take(FeedName feed, ReplayOffset.Wanted all) {
    ReplayOffset.Wanted some = new ReplayOffset.Wanted(all.blob(), all.elements().lowestRanges());
    if (!some.equals(all)) {
      cannot.add(
          refusal(
              feed, all.blob().contentId(), "it has too many dead letters to replay all at once"));
    }
    wanted.computeIfAbsent(feed, unused -> new ArrayList<>()).add(some);
  }

  /**
   * A line that says how many dead letters no replay can do anything for; empty where none is
   * meant.
   *
   * @param entries of listings that describe no blob
   */
  static Optional<String> passedOver(List<ReadLetter> entries, Meant meant) {
    long number =
        entries.stream().filter(entry -> meant.isMeant(entry.feed(), entry.contentId())).count();
    return number == 0
        ? Optional.empty()
        : Optional.of(
            "Passed over: "
                + number
                + " dead letters of Scope ENTRY. They are entries of listings that name no blob"
                + " that could be read again; their Reason says why");
  }

  static String refusal(FeedName feed, String contentId, String why) {
    return feed + " blob " + contentId + " cannot be replayed: " + why;
  }
}
