package io.github.auditstream.connect.office365.status;

import java.time.Instant;
import org.apache.kafka.connect.data.Struct;

/**
 * That a blob is retrieved once more for elements that were dead letters.
 *
 * @param requested when it was asked for; distinguishes one replay of a blob from another
 * @param elements which elements are wanted
 */
public record ReplayRequest(Instant requested, Elements elements) {
  /** The two fields of receipts and dead letters that say so. */
  public static final String REQUESTED = "Replay";

  public static final String ELEMENTS = "Elements";

  void putInto(Struct struct) {
    struct.put(REQUESTED, requested.toString()).put(ELEMENTS, elements.text());
  }
}
