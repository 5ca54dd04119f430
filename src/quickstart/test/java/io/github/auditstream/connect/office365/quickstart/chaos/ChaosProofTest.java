package io.github.auditstream.connect.office365.quickstart.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proof that could not fail would prove nothing. */
class ChaosProofTest {
  private static final Schema BLOB = blobSchema().field("Index", Schema.INT64_SCHEMA).build();
  private static final Schema EVENT = SchemaBuilder.struct().field("ContentBlob", BLOB).build();
  private static final Schema RECEIPT =
      blobSchema()
          .field("Outcome", Schema.STRING_SCHEMA)
          .field("EventsFound", Schema.INT64_SCHEMA)
          .field("RecordsProduced", Schema.INT64_SCHEMA)
          .field("DeadLettered", Schema.INT64_SCHEMA)
          .field("Bytes", Schema.INT64_SCHEMA)
          .field("Sha256", Schema.STRING_SCHEMA)
          .build();
  private static final Schema DEAD_LETTER =
      SchemaBuilder.struct().field("Reason", Schema.STRING_SCHEMA).build();

  private Simulator simulator;
  private PublishedBlob blob;
  private ChaosProof proof;

  private static SchemaBuilder blobSchema() {
    return SchemaBuilder.struct()
        .field("Tenant", Schema.STRING_SCHEMA)
        .field("ContentType", Schema.STRING_SCHEMA)
        .field("ContentId", Schema.STRING_SCHEMA);
  }

  @BeforeEach
  void publishABlobOfThreeEvents() throws Exception {
    simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start();
    blob = simulator.tenant().blob(ContentType.EXCHANGE).events(3).add();
    proof = new ChaosProof(List.of(blob));
  }

  @AfterEach
  void closeTheSimulator() {
    simulator.close();
  }

  private static ReadRecord record(String key, Struct value) {
    return new ReadRecord(
        "topic", 0, 0, Instant.EPOCH, key, Map.of(), new SchemaAndValue(value.schema(), value), 0);
  }

  private Struct origin(Schema schema, String contentId) {
    return new Struct(schema)
        .put("Tenant", blob.tenant().toString())
        .put("ContentType", blob.contentType().apiName())
        .put("ContentId", contentId);
  }

  private void event(int index, String id) {
    event(blob.contentId(), index, id);
  }

  private void event(String contentId, int index, String id) {
    Struct value = new Struct(EVENT);
    value.put("ContentBlob", origin(BLOB, contentId).put("Index", (long) index));
    proof.event(record(id, value));
  }

  private void allEvents() {
    for (int index = 0; index < 3; index++) {
      event(index, blob.eventIds().get(index));
    }
  }

  private void receipt(String outcome, long produced) {
    receipt(outcome, produced, blob.body());
  }

  private void receipt(String outcome, long produced, byte[] body) {
    proof.receipt(
        record(
            blob.contentId(),
            origin(RECEIPT, blob.contentId())
                .put("Outcome", outcome)
                .put("EventsFound", 3L)
                .put("RecordsProduced", produced)
                .put("DeadLettered", 3 - produced)
                .put("Bytes", (long) body.length)
                .put("Sha256", ChaosProof.sha256(body))));
  }

  private void assertProven(long lost, long twice, long completeReceipts) {
    proof.conclude();
    assertThat(proof.lost()).as("lost").isEqualTo(lost);
    assertThat(proof.twice()).as("twice").isEqualTo(twice);
    assertThat(proof.completeReceipts()).as("receipts").isEqualTo(completeReceipts);
  }

  @Test
  void findsNoErrorInACorrectRun() {
    allEvents();
    receipt("PRODUCED", 3);

    assertProven(0, 0, 1);
    assertThat(proof.errors()).isEmpty();
  }

  @Test
  void findsALostEvent() {
    event(0, blob.eventIds().get(0));
    event(2, blob.eventIds().get(2));
    receipt("PRODUCED", 3);

    assertProven(1, 0, 0);
    assertThat(proof.errors()).hasSize(2);
  }

  @Test
  void findsAnEventThatCameTwice() {
    allEvents();
    event(1, blob.eventIds().get(1));
    receipt("PRODUCED", 3);

    assertProven(0, 1, 0);
  }

  @Test
  void findsAnEventInAnothersPlace() {
    event(0, blob.eventIds().get(1));
    event(1, blob.eventIds().get(0));
    event(2, blob.eventIds().get(2));
    receipt("PRODUCED", 3);

    assertProven(2, 2, 1);
    assertThat(proof.errors()).isNotEmpty();
  }

  @Test
  void findsEventsOfABlobThatWasNeverPublished() {
    allEvents();
    event("another", 0, "another");
    receipt("PRODUCED", 3);

    assertProven(0, 1, 1);
    assertThat(proof.errors()).hasSize(1);
  }

  @Test
  void findsAMissingReceipt() {
    allEvents();

    assertProven(0, 0, 0);
    assertThat(proof.errors()).hasSize(1);
  }

  @Test
  void findsASecondReceipt() {
    allEvents();
    receipt("PRODUCED", 3);
    receipt("PRODUCED", 3);

    assertProven(0, 0, 0);
    assertThat(proof.errors()).hasSize(1);
  }

  @Test
  void findsAReceiptWhoseSumIsNotTrue() {
    allEvents();
    receipt("PRODUCED", 2);

    assertProven(0, 0, 0);
    assertThat(proof.errors()).hasSize(1);
  }

  @Test
  void findsAReceiptForAnotherBody() {
    byte[] another = blob.body();
    another[another.length / 2]++;
    allEvents();
    receipt("PRODUCED", 3, another);

    assertProven(0, 0, 0);
    assertThat(proof.errors()).hasSize(1);
  }

  @Test
  void findsABlobThatIsSaidToBeLost() {
    allEvents();
    receipt("LOST", 3);

    assertProven(0, 0, 0);
    assertThat(proof.errors()).hasSize(1);
  }

  @Test
  void takesNoDeadLetterForGranted() {
    allEvents();
    receipt("PRODUCED", 3);
    proof.deadLetter(
        record(blob.contentId(), new Struct(DEAD_LETTER).put("Reason", "it could not be read")));

    assertProven(0, 0, 1);
    assertThat(proof.errors()).containsExactly("dead letter: it could not be read");
  }
}
