package io.github.auditstream.connect.office365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.config.FeedKey;
import io.github.auditstream.connect.office365.model.ContentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedAssignorTest {
  private static final Map<String, Integer> QUOTAS =
      Map.of("contoso", 2000, "fabrikam", 2000, "tailspin", 600);

  private static List<FeedKey> feeds() {
    List<FeedKey> feeds = new ArrayList<>();
    for (String tenant : QUOTAS.keySet()) {
      for (ContentType contentType : ContentType.values()) {
        feeds.add(new FeedKey(tenant, contentType));
      }
    }
    return feeds;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 14, 15, 16, 100})
  void everyFeedIsAssignedOnceToAtMostSoManyTasks(int mostTasks) {
    List<FeedAssignor.Assignment> assignments = FeedAssignor.assign(feeds(), mostTasks, QUOTAS);

    assertThat(assignments).hasSize(Math.min(mostTasks, 15));
    assertThat(assignments).allSatisfy(assigned -> assertThat(assigned.feeds()).isNotEmpty());
    assertThat(assignments.stream().flatMap(assigned -> assigned.feeds().stream()))
        .containsExactlyInAnyOrderElementsOf(feeds());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 14, 15})
  void theSharesOfATenantsQuotaAddUpToIt(int mostTasks) {
    Map<String, Integer> shared = new TreeMap<>();
    for (FeedAssignor.Assignment assigned : FeedAssignor.assign(feeds(), mostTasks, QUOTAS)) {
      assigned
          .requestsPerMinute()
          .forEach((tenant, share) -> shared.merge(tenant, share, Integer::sum));
      assertThat(assigned.requestsPerMinute().keySet())
          .containsExactlyInAnyOrderElementsOf(
              assigned.feeds().stream().map(FeedKey::tenantAlias).distinct().toList());
    }

    assertThat(shared).isEqualTo(QUOTAS);
  }

  @Test
  void theOrderOfTheConfigurationDoesNotMatter() {
    List<FeedKey> backwards = new ArrayList<>(feeds());
    java.util.Collections.reverse(backwards);

    assertThat(FeedAssignor.assign(backwards, 4, QUOTAS))
        .isEqualTo(FeedAssignor.assign(feeds(), 4, QUOTAS));
  }

  @Test
  void threeTenantsOnThreeTasksAreBalanced() {
    assertThat(FeedAssignor.assign(feeds(), 3, QUOTAS))
        .extracting(assigned -> assigned.feeds().size())
        .allSatisfy(size -> assertThat(size).isBetween(4, 6));
  }
}
