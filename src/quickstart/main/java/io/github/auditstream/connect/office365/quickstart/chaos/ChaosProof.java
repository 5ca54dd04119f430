package io.github.auditstream.connect.office365.quickstart.chaos;

import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Struct;

/**
 * Holds what was published against what a {@code read_committed} consumer finds: each event of each
 * blob at its place once, and one receipt for each blob whose sums are true. For one thread.
 */
final class ChaosProof {
  private static final int SHOWN = 10;

  private final List<PublishedBlob> published;
  private final Map<String, Map<Place, Integer>> arrived = new HashMap<>();
  private final Map<String, List<Struct>> receipts = new HashMap<>();
  private final List<String> errors = new ArrayList<>();
  private long events;
  private long lost;
  private long twice;
  private long deadLetters;
  private long completeReceipts;

  /** Where in a blob an event is, and which it is. */
  private record Place(long index, String id) {}

  ChaosProof(List<PublishedBlob> ledger) {
    published = List.copyOf(ledger);
  }

  void event(ReadRecord record) {
    Struct origin = record.struct().getStruct("ContentBlob");
    events++;
    arrived
        .computeIfAbsent(name(origin), any -> new HashMap<>())
        .merge(
            new Place(origin.getInt64("Index"), Objects.requireNonNullElse(record.key(), "")),
            1,
            Integer::sum);
  }

  void receipt(ReadRecord record) {
    receipts.computeIfAbsent(name(record.struct()), any -> new ArrayList<>()).add(record.struct());
  }

  void deadLetter(ReadRecord record) {
    deadLetters++;
    error("dead letter: %s".formatted(record.struct().getString("Reason")));
  }

  /** A blob's content id is the API's alone; tenant and content type must be the right ones too. */
  private static String name(Struct blob) {
    return blob.getString("Tenant")
        + " "
        + blob.getString("ContentType")
        + " "
        + blob.getString("ContentId");
  }

  private static String name(PublishedBlob blob) {
    return blob.tenant() + " " + blob.contentType().apiName() + " " + blob.contentId();
  }

  /** Compares; call it once all has been read. */
  void conclude() {
    published.forEach(this::compare);
    arrived.forEach(
        (blob, places) -> {
          int surplus = places.values().stream().mapToInt(Integer::intValue).sum();
          twice += surplus;
          error("%s was never published, but %d events of it arrived".formatted(blob, surplus));
        });
    receipts
        .keySet()
        .forEach(blob -> error("%s was never published, but has a receipt".formatted(blob)));
  }

  private void compare(PublishedBlob blob) {
    Map<Place, Integer> places = new HashMap<>();
    Map<Place, Integer> found = arrived.remove(name(blob));
    if (found != null) {
      places.putAll(found);
    }
    long produced = places.values().stream().mapToInt(Integer::intValue).sum();
    long missing = 0;
    List<String> ids = blob.eventIds();
    for (int index = 0; index < ids.size(); index++) {
      Place place = new Place(index, ids.get(index));
      if (places.containsKey(place)) {
        places.merge(place, -1, Integer::sum);
      } else {
        missing++;
      }
    }
    long surplus = places.values().stream().mapToInt(Integer::intValue).sum();
    lost += missing;
    twice += surplus;
    if (missing > 0 || surplus > 0) {
      error("%s: %d of %d events lost, %d too many".formatted(blob, missing, ids.size(), surplus));
    }
    compareReceipt(blob, produced);
  }

  private void compareReceipt(PublishedBlob blob, long produced) {
    List<Struct> found = receipts.remove(name(blob));
    if (found == null || found.size() != 1) {
      error("%s has %d receipts".formatted(blob, found == null ? 0 : found.size()));
      return;
    }
    Struct receipt = found.get(0);
    boolean whole =
        receipt.getString("Outcome").equals("PRODUCED")
            && receipt.getInt64("EventsFound") == blob.events()
            && receipt.getInt64("RecordsProduced") == produced
            && receipt.getInt64("DeadLettered") == 0
            && receipt.getInt64("Bytes") == blob.body().length
            && sha256(blob.body()).equals(receipt.getString("Sha256"));
    if (whole) {
      completeReceipts++;
    } else {
      error(
          "%s: %d events published, %d arrived, receipt %s"
              .formatted(blob, blob.events(), produced, receipt));
    }
  }

  static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void error(String what) {
    if (errors.size() < SHOWN) {
      errors.add(what);
    }
  }

  /** What is wrong, the first of it. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  long events() {
    return events;
  }

  long lost() {
    return lost;
  }

  long twice() {
    return twice;
  }

  long deadLetters() {
    return deadLetters;
  }

  long blobs() {
    return published.size();
  }

  /** Blobs with exactly one receipt, which is true. */
  long completeReceipts() {
    return completeReceipts;
  }
}
