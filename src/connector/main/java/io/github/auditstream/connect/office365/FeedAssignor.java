package io.github.auditstream.connect.office365;

import io.github.auditstream.connect.office365.config.FeedKey;
import io.github.auditstream.connect.office365.model.ContentType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Deals feeds to tasks so that each task has about the same to do, and shares each tenant's request
 * quota out among the tasks that hold its feeds. The same configuration always gives the same deal,
 * so that a restart reshuffles nothing.
 */
final class FeedAssignor {

  /**
   * One task's hand.
   *
   * @param feeds at least one, in order
   * @param requestsPerMinute by tenant alias: this task's share of the tenant's quota
   */
  record Hand(List<FeedKey> feeds, Map<String, Integer> requestsPerMinute) {}

  private FeedAssignor() {}

  /**
   * Deals the feeds, largest first, each to the task that has the least to do.
   *
   * @param mostTasks at least 1
   * @param requestsPerMinute each tenant's quota, by alias
   * @return one hand per task; fewer than {@code mostTasks} if there are fewer feeds
   */
  static List<Hand> deal(
      Collection<FeedKey> feeds, int mostTasks, Map<String, Integer> requestsPerMinute) {
    List<FeedKey> largestFirst = new ArrayList<>(feeds);
    largestFirst.sort(
        Comparator.comparingInt((FeedKey feed) -> -volume(feed.contentType()))
            .thenComparing(Comparator.naturalOrder()));
    int tasks = Math.min(mostTasks, feeds.size());
    List<List<FeedKey>> hands = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      hands.add(new ArrayList<>());
    }
    for (FeedKey feed : largestFirst) {
      hands.stream().min(Comparator.comparingInt(FeedAssignor::volume)).orElseThrow().add(feed);
    }
    Map<String, Integer> volumes = new HashMap<>();
    feeds.forEach(
        feed -> volumes.merge(feed.tenantAlias(), volume(feed.contentType()), Integer::sum));
    Map<String, Integer> before = new HashMap<>();
    List<Hand> dealt = new ArrayList<>();
    for (List<FeedKey> hand : hands) {
      dealt.add(new Hand(sorted(hand), shares(hand, before, volumes, requestsPerMinute)));
    }
    return dealt;
  }

  private static List<FeedKey> sorted(List<FeedKey> hand) {
    return hand.stream().sorted().toList();
  }

  /**
   * Shares that add up to the quota, since each is the difference between two parts of it.
   *
   * @param before by tenant, the volume of the hands before this one; this one's is added
   */
  private static Map<String, Integer> shares(
      List<FeedKey> hand,
      Map<String, Integer> before,
      Map<String, Integer> volumes,
      Map<String, Integer> requestsPerMinute) {
    Map<String, Integer> held = new LinkedHashMap<>();
    sorted(hand)
        .forEach(feed -> held.merge(feed.tenantAlias(), volume(feed.contentType()), Integer::sum));
    Map<String, Integer> shares = new LinkedHashMap<>();
    held.forEach(
        (tenant, volume) -> {
          int quota = requestsPerMinute.getOrDefault(tenant, 0);
          int all = volumes.getOrDefault(tenant, volume);
          int until = before.merge(tenant, volume, Integer::sum);
          shares.put(tenant, Math.max(1, quota * until / all - quota * (until - volume) / all));
        });
    return shares;
  }

  private static int volume(List<FeedKey> hand) {
    return hand.stream().mapToInt(feed -> volume(feed.contentType())).sum();
  }

  /** Relative volume of events, as tenants of ordinary use show it; only proportions matter. */
  private static int volume(ContentType contentType) {
    return switch (contentType) {
      case GENERAL -> 8;
      case EXCHANGE, SHAREPOINT -> 6;
      case AZURE_ACTIVE_DIRECTORY -> 4;
      case DLP -> 2;
    };
  }
}
