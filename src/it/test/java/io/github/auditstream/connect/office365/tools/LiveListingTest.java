package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.api.BlockingApi;
import io.github.auditstream.connect.office365.api.CyclicPagesApi;
import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LiveListingTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

  @Test
  @Timeout(60)
  void stopsWherePagesAreCyclic() throws Exception {
    CyclicPagesApi api = new CyclicPagesApi();

    Optional<String> failure =
        new LiveListing(new BlockingApi(api), NOON, time -> {})
            .list(ContentType.EXCHANGE, blob -> {});

    assertThat(failure).hasValueSatisfying(why -> assertThat(why).contains("NextPageUri"));
    assertThat(api.requests()).isLessThan(100);
  }
}
