package io.github.auditstream.connect.office365.feed.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.ContentPage;
import io.github.auditstream.connect.office365.api.CyclicPagesApi;
import io.github.auditstream.connect.office365.api.ManagementApi;
import io.github.auditstream.connect.office365.feed.offset.Blobs;
import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListingTest {
  private static final Instant NOW = Blobs.NOON;
  private static final ListingWindow WINDOW = new ListingWindow(NOW.minusSeconds(3600), NOW);

  /** All there is to list is one window, again and again. */
  private static final Listing.Part PART =
      new Listing.Part() {
        @Override
        public boolean hasRoom(int blobs) {
          return true;
        }

        @Override
        public Optional<ListingWindow> next(Duration longest, Instant now) {
          return Optional.of(WINDOW);
        }

        @Override
        public void listed(ListingWindow window) {
          throw new AssertionError("a circle has no end");
        }
      };

  @Test
  void givesUpAWindowWhosePagesAreCyclic() throws Exception {
    Listing listing = new Listing(PART, 100);
    ManagementApi api = new CyclicPagesApi();
    for (int round = 0; round < 2; round++) {
      ApiOutcome<ContentPage> outcome;
      int requests = 0;
      do {
        assertThat(listing.prepare(NOW)).isEqualTo(Listing.Ready.YES);
        ListingWindow going = listing.window(NOW).orElseThrow();
        outcome = listing.ask(api, ContentType.EXCHANGE, going).join();
        if (outcome instanceof ApiOutcome.Ok<ContentPage> answer) {
          assertThat(listing.arrived(answer.value(), 0)).isFalse();
        }
        assertThat(requests++).isLessThan(20);
      } while (outcome instanceof ApiOutcome.Ok);

      ApiOutcome.Failed<ContentPage> failure = (ApiOutcome.Failed<ContentPage>) outcome;
      assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.MALFORMED);
      assertThat(failure.reason()).contains("NextPageUri");
      assertThat(listing.failed(failure)).isFalse();
    }
  }
}
