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
 * Assigns feeds to tasks so that each task has about the same to do, and shares each tenant's
 * request quota out among the tasks that read its feeds. The same configuration always gives the
 * same assignment, so that a restart reshuffles nothing.
 */
final class FeedAssignor {

  /**
   * What one task does.
   *
   * @param feeds at least one, in order
   * @param requestsPerMinute by tenant alias: this task's share of the tenant's quota
   */
  record Assignment(List<FeedKey> feeds, Map<String, Integer> requestsPerMinute) {}

  private FeedAssignor() {}

  /**
   * Assigns the feeds, largest first, each to the task that has the least to do.
   *
   * @param mostTasks at least 1
   * @param requestsPerMinute each tenant's quota, by alias
   * @return one assignment per task; fewer than {@code mostTasks} if there are fewer feeds
   */
  static List<Assignment> assign(
      Collection<FeedKey> feeds, int mostTasks, Map<String, Integer> requestsPerMinute) {
    List<FeedKey> largestFirst = new ArrayList<>(feeds);
    largestFirst.sort(
        Comparator.comparingInt((FeedKey feed) -> -volume(feed.contentType()))
            .thenComparing(Comparator.naturalOrder()));
    int tasks = Math.min(mostTasks, feeds.size());
    List<List<FeedKey>> ofTasks = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      ofTasks.add(new ArrayList<>());
    }
    for (FeedKey feed : largestFirst) {
      ofTasks.stream().min(Comparator.comparingInt(FeedAssignor::volume)).orElseThrow().add(feed);
    }
    Map<String, Integer> volumes = new HashMap<>();
    feeds.forEach(
        feed -> volumes.merge(feed.tenantAlias(), volume(feed.contentType()), Integer::sum));
    Map<String, Integer> before = new HashMap<>();
    List<Assignment> assignments = new ArrayList<>();
    for (List<FeedKey> ofTask : ofTasks) {
      assignments.add(
          new Assignment(sorted(ofTask), shares(ofTask, before, volumes, requestsPerMinute)));
    }
    return assignments;
  }

  private static List<FeedKey> sorted(List<FeedKey> ofTask) {
    return ofTask.stream().sorted().toList();
  }

  /**
   * Shares that add up to the quota, since each is the difference between two parts of it.
   *
   * @param before by tenant, the volume of the tasks before this one; this one's is added
   */
  private static Map<String, Integer> shares(
      List<FeedKey> ofTask,
      Map<String, Integer> before,
      Map<String, Integer> volumes,
      Map<String, Integer> requestsPerMinute) {
    Map<String, Integer> held = new LinkedHashMap<>();
    sorted(ofTask)
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

  private static int volume(List<FeedKey> ofTask) {
    return ofTask.stream().mapToInt(feed -> volume(feed.contentType())).sum();
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
