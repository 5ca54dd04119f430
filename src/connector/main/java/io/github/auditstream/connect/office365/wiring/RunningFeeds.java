package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.config.FeedKey;
import io.github.auditstream.connect.office365.config.TaskSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  private final List<Running> running = new ArrayList<>();

  /** What two connectors have in common that write the same. */
  private record Feed(URI management, String tenantId, String contentType, String topicPrefix) {}

  /** A task and what it reads; the same connector can have two where one was given up. */
  private static final class Running {
    final String connector;
    final List<Feed> feeds;

    Running(TaskSettings task) {
      this.connector = task.connectorName();
      this.feeds = task.feeds().stream().map(feed -> feed(task, feed)).toList();
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
    Running begun = new Running(task);
    warn(task, enter(begun));
    return () -> leave(begun);
  }

  /** Answers what was read before, by the name of the other connector. */
  private synchronized Map<String, Set<String>> enter(Running begun) {
    Map<String, Set<String>> shared = new TreeMap<>();
    for (Feed feed : begun.feeds) {
      for (Running other : running) {
        if (!other.connector.equals(begun.connector) && other.feeds.contains(feed)) {
          shared
              .computeIfAbsent(other.connector, key -> new LinkedHashSet<>())
              .add(feed.tenantId() + "/" + feed.contentType());
        }
      }
    }
    running.add(begun);
    return shared;
  }

  private synchronized void leave(Running ended) {
    running.remove(ended);
  }

  private static void warn(TaskSettings task, Map<String, Set<String>> shared) {
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
