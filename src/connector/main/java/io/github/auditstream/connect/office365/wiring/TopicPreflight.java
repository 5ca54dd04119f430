package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.config.HistorySettings;
import io.github.auditstream.connect.office365.dedupe.TopicAccess;
import io.github.auditstream.connect.office365.dedupe.TopicReadException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Tries out the {@code kafka.*} settings of a history. */
public final class TopicPreflight {
  /** Of each call; what is there answers within milliseconds. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private TopicPreflight() {}

  /**
   * What keeps the topics from being read; empty where nothing does, or none are read. Ends within
   * some seconds, and leaves no thread behind.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public static Optional<String> problem(HistorySettings settings) throws InterruptedException {
    if (!settings.readsTopics()) {
      return Optional.empty();
    }
    Set<String> topics = new HashSet<>(TopicSources.topics(settings.topics()).named());
    topics.add(settings.topics().status());
    try {
      TopicAccess.check(settings.kafka().consumer(), topics, LONGEST_WAIT);
      return Optional.empty();
    } catch (TopicReadException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (CancellationException e) {
      InterruptedException interrupted = new InterruptedException("interrupted while asking Kafka");
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
