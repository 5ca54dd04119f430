package io.github.auditstream.connect.office365.dedupe;

import io.github.auditstream.connect.office365.config.TopicSettings;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which topics have events: those that are named, and all of the name {@code <prefix>.<word>} that
 * are not named as others, since newer versions of the connector may know more workloads. A word is
 * of small letters and digits, as the topics of workloads have it: so the topics of another
 * connector with a longer prefix are not among them.
 *
 * @param prefix what names begin with, before the dot
 * @param named are asked for by name: Kafka leaves a topic out of its list that the user may not
 *     see, and refuses it if it is asked for
 * @param others topics without events, such as receipts
 */
public record EventTopics(String prefix, Set<String> named, Set<String> others) {
  private static final Pattern WORD = Pattern.compile("[a-z0-9]+");

  public EventTopics {
    named = Set.copyOf(named);
    others = Set.copyOf(others);
  }

  /**
   * Those of a connector, with its dead letters.
   *
   * @param workloads the workloads' names as they are in topics
   * @param others topics without events, beside receipts and status
   */
  public static EventTopics of(
      TopicSettings topics, Collection<String> workloads, Collection<String> others) {
    Set<String> named =
        workloads.stream()
            .map(workload -> topics.prefix() + "." + workload)
            .collect(Collectors.toCollection(HashSet::new));
    named.add(topics.deadLetter());
    Set<String> without = new HashSet<>(others);
    without.add(topics.receipts());
    without.add(topics.status());
    return new EventTopics(topics.prefix(), named, without);
  }

  boolean contains(String topic) {
    return named.contains(topic)
        || (topic.startsWith(prefix + ".")
            && WORD.matcher(topic.substring(prefix.length() + 1)).matches()
            && !others.contains(topic));
  }
}
