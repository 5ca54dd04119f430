package io.github.auditstream.connect.office365.feed.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.api.ContentPage;
import io.github.auditstream.connect.office365.api.RefusedEntry;
import io.github.auditstream.connect.office365.feed.offset.Blobs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuspectEntriesTest {
  private static final Instant NOW = Blobs.NOON;
  private static final ListingWindow WINDOW = new ListingWindow(NOW.minusSeconds(3600), NOW);

  private final SuspectEntries suspects = new SuspectEntries();

  private static RefusedEntry refused(String key) {
    return new RefusedEntry(
        0,
        "has no contentId",
        key,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)),
        key.length());
  }

  /** Lists until it is decided; how often that was. */
  private int listingsUntilDecided(String text, boolean varies) {
    for (int listing = 1; listing < 100; listing++) {
      List<RefusedEntry> entries = List.of(refused(varies ? text + listing : text));
      ContentPage page = new ContentPage(List.of(), entries, Optional.empty());
      suspects.add(suspects.sift(page, WINDOW).refused());
      if (suspects.decide(NOW.plus(Duration.ofMinutes(listing))).isEmpty()) {
        return listing;
      }
    }
    return Integer.MAX_VALUE;
  }

  @Test
  void believesAnEntryThatStaysAsItIs() {
    assertThat(listingsUntilDecided("entry", false)).isEqualTo(SuspectEntries.LISTINGS);
    assertThat(suspects.take()).hasSize(1);
  }

  /** Or else its window would never end: such as an error with the number of its request. */
  @Test
  void believesAnEntryThatIsAnotherEachTimeInTheEnd() {
    assertThat(listingsUntilDecided("entry", true)).isEqualTo(2 * SuspectEntries.LISTINGS);
    assertThat(suspects.take()).hasSize(1);
    assertThat(listingsUntilDecided("entry", true))
        .as("anew")
        .isEqualTo(2 * SuspectEntries.LISTINGS);
  }
}
