package io.github.auditstream.connect.office365.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.BlobBody;
import io.github.auditstream.connect.office365.api.ContentBlob;
import io.github.auditstream.connect.office365.api.ContentPage;
import io.github.auditstream.connect.office365.api.ManagementApi;
import io.github.auditstream.connect.office365.api.Quota;
import io.github.auditstream.connect.office365.api.Subscription;
import io.github.auditstream.connect.office365.config.ContentType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /** Three pages, of which the last leads to the first. */
  private static final class CircleApi implements ManagementApi {
    private static final int PAGES = 3;

    private static ApiOutcome<ContentPage> before(int next) {
      URI address = URI.create("https://manage.office.com/?page=" + next % PAGES);
      return new ApiOutcome.Ok<>(new ContentPage(List.of(), Optional.of(address)));
    }

    @Override
    public ApiOutcome<ContentPage> content(ContentType type, Instant start, Instant end) {
      return before(1);
    }

    @Override
    public ApiOutcome<ContentPage> nextPage(ContentType type, URI nextPage) {
      return before(Integer.parseInt(nextPage.getQuery().substring("page=".length())) + 1);
    }

    @Override
    public ApiOutcome<List<Subscription>> subscriptions() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ApiOutcome<Subscription> start(ContentType type) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ApiOutcome<BlobBody> retrieve(ContentBlob blob) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Quota quota() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Duration serverClockSkew() {
      return Duration.ZERO;
    }
  }

  @Test
  void givesAWindowUpWhosePagesGoRound() throws Exception {
    Listing listing = new Listing(PART, 100);
    ManagementApi api = new CircleApi();
    for (int round = 0; round < 2; round++) {
      ApiOutcome<ContentPage> outcome;
      int requests = 0;
      do {
        assertThat(listing.prepare(NOW)).isEqualTo(Listing.Ready.YES);
        ListingWindow going = listing.window(NOW).orElseThrow();
        outcome = listing.ask(api, ContentType.EXCHANGE, going);
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
