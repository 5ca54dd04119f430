package io.github.auditstream.connect.office365.it.matrix;

import java.util.List;
import java.util.stream.Stream;

/** All rows of the matrix. */
public final class Rows {
  private Rows() {}

  /** Those that run a few at a time; the slow ones first, so that none is left for the end. */
  public static List<Row> all() {
    return Stream.of(
            BodyRows.large(),
            AnswerRows.slow(),
            ListingRows.rows(),
            BodyRows.rows(),
            NetworkRows.rows(),
            CredentialRows.rows(),
            SubscriptionRows.rows(),
            TimeRows.rows(),
            KafkaRows.rows(),
            AnswerRows.rows())
        .flatMap(List::stream)
        .toList();
  }

  /** Those that take so long that they run beside all others. */
  public static List<Row> slow() {
    return List.of(CredentialRows.tenMinutes());
  }

  /** Names of rows in which a task fails, since nothing else would be right. */
  public static List<String> failingByDesign() {
    return List.of(KafkaRows.TOPIC_TAKES_LESS, KafkaRows.REGISTRY_AWAY);
  }
}
