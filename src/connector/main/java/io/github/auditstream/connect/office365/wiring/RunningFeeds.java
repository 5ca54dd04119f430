package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.config.FeedKey;
import io.github.auditstream.connect.office365.config.TaskSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the tasks of one worker process read now, so that two connectors that read the same into the
 * same topics are warned of each other: each event is in these topics twice. Connectors whose tasks
 * run on different workers do not meet here.
 *
 * <p>Safe for many threads.
 */
final class RunningFeeds {
  /** Those of this process, as far as its tasks have this class from the same class loader. */
  static final RunningFeeds OF_WORKER = new RunningFeeds();

  private static final Logger LOG = LoggerFactory.getLogger(RunningFeeds.class);

  private final Map<Feed, List<Reading>> running = new HashMap<>();

  /** What two connectors have in common that write the same. */
  private record Feed(URI management, String tenantId, String contentType, String topicPrefix) {}

  /** One task that reads a feed; the same connector can have two where one was given up. */
  private static final class Reading {
    final String connector;

    Reading(String connector) {
      this.connector = connector;
    }
  }

  /** Takes a task out again. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * A task begins to read its feeds; logs a warning where another connector reads one of them.
   *
   * @return to be closed when it ends
   */
  Registration begin(TaskSettings task) {
    Reading reading = new Reading(task.connectorName());
    List<Feed> feeds = task.feeds().stream().map(feed -> feed(task, feed)).toList();
    warn(task, enter(feeds, reading));
    return () -> leave(feeds, reading);
  }

  /** Answers what was read before, by the name of the other connector. */
  private synchronized Map<String, List<String>> enter(List<Feed> feeds, Reading reading) {
    Map<String, List<String>> shared = shared(feeds, reading.connector);
    feeds.forEach(feed -> running.computeIfAbsent(feed, key -> new ArrayList<>()).add(reading));
    return shared;
  }

  private Map<String, List<String>> shared(List<Feed> feeds, String connector) {
    Map<String, List<String>> shared = new TreeMap<>();
    for (Feed feed : feeds) {
      running.getOrDefault(feed, List.of()).stream()
          .map(reading -> reading.connector)
          .filter(other -> !other.equals(connector))
          .collect(Collectors.toCollection(TreeSet::new))
          .forEach(
              other ->
                  shared
                      .computeIfAbsent(other, key -> new ArrayList<>())
                      .add(feed.tenantId() + "/" + feed.contentType()));
    }
    return shared;
  }

  private synchronized void leave(List<Feed> feeds, Reading reading) {
    for (Feed feed : feeds) {
      List<Reading> readings = running.getOrDefault(feed, new ArrayList<>());
      readings.remove(reading);
      if (readings.isEmpty()) {
        running.remove(feed);
      }
    }
  }

  private static void warn(TaskSettings task, Map<String, List<String>> shared) {
    shared.forEach(
        (other, feeds) ->
            LOG.warn(
                "The connectors {} and {} both read {} into topics of the prefix {}: each event is"
                    + " there twice, and each takes of the same quota. Delete one of them, or give it"
                    + " other content.types or another topic.prefix.",
                task.connectorName(),
                other,
                String.join(", ", feeds),
                task.common().topics().prefix()));
  }

  private static Feed feed(TaskSettings task, FeedKey key) {
    return new Feed(
        task.common().cloud().management(),
        task.tenant(key.tenantAlias()).tenantId().toString(),
        key.contentType().apiName(),
        task.common().topics().prefix());
  }
}
