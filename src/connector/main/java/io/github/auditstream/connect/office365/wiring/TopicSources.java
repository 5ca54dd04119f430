package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.config.Deduplicate;
import io.github.auditstream.connect.office365.config.HistorySettings;
import io.github.auditstream.connect.office365.config.HistoryTopics;
import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.dedupe.EventIdSet;
import io.github.auditstream.connect.office365.dedupe.EventTopics;
import io.github.auditstream.connect.office365.dedupe.LiveFeeds;
import io.github.auditstream.connect.office365.dedupe.TopicIds;
import io.github.auditstream.connect.office365.dedupe.TopicReadException;
import io.github.auditstream.connect.office365.event.Workload;
import io.github.auditstream.connect.office365.event.Workloads;
import io.github.auditstream.connect.office365.history.HistorySources;
import io.github.auditstream.connect.office365.history.KnownEvents;
import io.github.auditstream.connect.office365.history.KnownEventsException;
import io.github.auditstream.connect.office365.history.MissedSpan;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the topics of the connector hold already. Safe for many threads. */
final class TopicSources implements HistorySources, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicSources.class);

  private final HistorySettings settings;
  private final LongSupplier nanos;
  private final LiveFeeds live;
  private @Nullable TopicIds reader;
  private boolean closed;

  TopicSources(HistorySettings settings, LongSupplier nanos) {
    this.settings = settings;
    this.nanos = nanos;
    this.live = new LiveFeeds(settings.kafka().consumer(), settings.topics().status(), nanos);
  }

  @Override
  public KnownEvents known(Instant from) {
    EventIdSet ids = new EventIdSet();
    return new Known(ids, settings.deduplicate() == Deduplicate.NONE ? null : reader(from, ids));
  }

  private synchronized TopicIds reader(Instant from, EventIdSet ids) {
    if (reader != null) {
      reader.close();
    }
    TopicIds opened =
        new TopicIds(
            settings.kafka().consumer(),
            topics(settings.topics()),
            from,
            ids,
            nanos,
            progress -> LOG.info("Reading the keys of the event topics: {}", progress));
    if (closed) {
      opened.close();
    }
    reader = opened;
    return opened;
  }

  /** The topics that have events, and the dead letters. */
  static EventTopics topics(HistoryTopics topics) {
    return EventTopics.of(
        new TopicSettings(
            topics.prefix(), topics.prefix() + ".receipts", topics.status(), topics.deadLetter()),
        Workloads.all().stream().map(Workload::topicSuffix).toList(),
        List.of(topics.ledger()));
  }

  /** With a reader of the topics, or without where nothing is in them. */
  private final class Known implements KnownEvents {
    private final EventIdSet ids;
    private @Nullable TopicIds topics; // guarded by this, as is its use

    Known(EventIdSet ids, @Nullable TopicIds topics) {
      this.ids = ids;
      this.topics = topics;
    }

    @Override
    public boolean add(String id) {
      return ids.add(id);
    }

    @Override
    public synchronized void catchUp() throws InterruptedException, KnownEventsException {
      TopicIds reading = topics;
      if (reading != null) {
        reading(reading::catchUp);
      }
    }

    @Override
    public synchronized void reachBackTo(Instant from) {
      if (topics != null) {
        topics = reader(from, ids);
      }
    }

    @Override
    public long size() {
      return ids.size();
    }
  }

  @Override
  public List<MissedSpan> gaps() throws InterruptedException, KnownEventsException {
    LiveFeeds feeds = feeds();
    if (!feeds.exists()) {
      LOG.warn(
          "No gaps are known: the topic {} does not exist. If the live connector has another"
              + " status.topic, set it here too",
          settings.topics().status());
    }
    List<String> unreadable = feeds.unreadableGaps();
    if (!unreadable.isEmpty()) {
      LOG.warn(
          "The ends of these gaps are not known, since an older version of the live connector has"
              + " reported them; name their range with history.from and history.until: {}",
          unreadable);
    }
    return feeds.gaps().stream()
        .map(gap -> new MissedSpan(gap.tenant(), gap.from(), gap.until()))
        .toList();
  }

  @Override
  public Instant liveDoneBefore(String tenant, Instant now)
      throws InterruptedException, KnownEventsException {
    return settings.deduplicate() == Deduplicate.NONE
        ? Instant.MAX
        : feeds().feeds(tenant).stream()
            .map(feed -> feed.doneBefore(now))
            .min(Instant::compareTo)
            .orElse(Instant.MAX);
  }

  private LiveFeeds feeds() throws InterruptedException, KnownEventsException {
    return reading(
        () -> {
          live.catchUp();
          return live;
        });
  }

  private interface Read<T> {
    T read();
  }

  private static <T> T reading(Read<T> read) throws InterruptedException, KnownEventsException {
    try {
      return read.read();
    } catch (TopicReadException e) {
      throw new KnownEventsException(String.valueOf(e.getMessage()), e);
    } catch (CancellationException e) {
      InterruptedException ended = new InterruptedException("the task stops");
      ended.initCause(e);
      throw ended;
    }
  }

  @Override
  public void close() {
    live.close();
    synchronized (this) {
      closed = true;
      if (reader != null) {
        reader.close();
      }
    }
  }
}
