package io.github.auditstream.connect.office365.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Fault.Framing;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/** Bodies that are not what they should be, with status 200. */
final class BodyRows {
  private static final int HUGE = 200_000_000;

  private BodyRows() {}

  static List<Row> large() {
    return List.of(
        new Row("body-of-200-mb", BodyRows::huge),
        new Row("element-over-32-mb", BodyRows::elementOverTheReadersLimit),
        new Row("element-over-max-request-size", BodyRows::elementOverTheProducersLimit),
        new Row("element-of-empty-objects", BodyRows::elementOfEmptyObjects));
  }

  static List<Row> rows() {
    return List.of(
        new Row("blob-cut-by-content-length", AnswerRows.blob(Fault.cutAfter(300))),
        new Row("blob-cut-chunked", AnswerRows.blob(Fault.cutAfter(300, Framing.CHUNKED))),
        new Row(
            "blob-cut-in-a-complete-message",
            scene -> {
              PublishedBlob blob = scene.publish().get(3);
              int half = blob.body().length / 2;
              scene.on(blob).first(3).meets(Fault.noGzip(), Fault.cutAfter(half, Framing.COMPLETE));
              scene.start();
              assertThat(scene.attempts(blob)).isGreaterThanOrEqualTo(4);
            }),
        new Row("blob-empty", AnswerRows.blob(Fault.emptyBody())),
        new Row("blob-is-html", AnswerRows.blob(Fault.html())),
        new Row("blob-is-an-error-object", AnswerRows.blob(Fault.objectForArray())),
        new Row(
            "blob-is-not-gzip",
            AnswerRows.blob(Fault.body(new byte[] {31, -117, 1, 2, 3}), Fault.noGzip())),
        new Row("blob-says-gzip-and-is-not", scene -> harmless(scene, Fault.notGzip())),
        new Row("blob-without-gzip", scene -> harmless(scene, Fault.noGzip())),
        new Row("blob-with-byte-order-mark", scene -> harmless(scene, Fault.byteOrderMark())),
        new Row("element-broken", scene -> refused(scene, Fault.brokenElement(1))),
        new Row("element-no-object", scene -> refused(scene, Fault.element(1, "\"text\""))),
        new Row("listing-cut", AnswerRows.listing(Fault.cutAfter(60), "UNAVAILABLE", "")),
        new Row("listing-cut-in-a-complete-message", BodyRows::listingCutInACompleteMessage),
        new Row("listing-empty", AnswerRows.listing(Fault.emptyBody(), "MALFORMED", "")),
        new Row("listing-is-html", AnswerRows.listing(Fault.html(), "MALFORMED", "")),
        new Row(
            "listing-is-an-error-object",
            AnswerRows.listing(Fault.objectForArray(), "UNAVAILABLE", "AF50000")),
        new Row(
            "listing-element-broken",
            ListingRows.refusedEntries(1, Fault.brokenElement(1), "is not JSON")),
        new Row(
            "listing-element-no-object",
            ListingRows.refusedEntries(1, Fault.element(1, "7"), "is not an object")),
        new Row(
            "listing-with-byte-order-mark",
            scene -> {
              scene.publish();
              scene.listings().first(2).meets(Fault.byteOrderMark());
              scene.start();
            }));
  }

  private static void listingCutInACompleteMessage(Scene scene) {
    scene.publish();
    scene.listings().always().meets(Fault.noGzip(), Fault.cutAfter(900, Framing.COMPLETE));
    scene.start();
    scene.awaitProblem("MALFORMED", "");
    scene.awaitOther();
    scene.lift();
  }

  /** Odd, but nothing that would need a second attempt. */
  private static void harmless(Scene scene, Fault fault) {
    PublishedBlob blob = scene.publish().get(3);
    scene.on(blob).first(1).meets(fault);
    scene.start();
    assertThat(scene.attempts(blob)).as("attempts").isEqualTo(1);
  }

  /** The element goes to the dead letters, the blob's others to their topics. */
  private static void refused(Scene scene, Fault fault) {
    PublishedBlob blob = scene.publish().get(3);
    scene.on(blob).always().meets(fault);
    scene.expectRefused(blob, 1);
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    Struct letter = scene.deadLetters(blob, 1).get(0);
    assertThat(letter.getString("Cause")).isEqualTo("REFUSED");
    assertThat((long) letter.getBytes("Bytes").length).isEqualTo(letter.getInt64("BytesInAll"));
  }

  private static void huge(Scene scene) {
    scene.simulate(builder -> builder.bodyCache(1L << 30).tenant(t -> t.subscribedToAll()));
    scene.publish();
    PublishedBlob huge = scene.tenant().blob(Scene.FEED).events(170_000).add();
    scene.start();
    scene.awaitReceipts(List.of(huge));
    assertThat(scene.receipt(huge).getInt64("Bytes")).as("bytes").isGreaterThan(HUGE);
    assertThat(scene.receipt(huge).getInt32("Attempts")).as("attempts").isEqualTo(1);
  }

  private static void elementOverTheReadersLimit(Scene scene) {
    scene.feeds(Scene.FEED);
    scene.publish(Scene.FEED, 3);
    PublishedBlob blob =
        scene
            .tenant()
            .blob(Scene.FEED)
            .events(event("before", 10), event("over", 33 << 20), event("behind", 10))
            .add();
    scene.expectRefused(blob, 1);
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    Struct letter = scene.deadLetters(blob, 1).get(0);
    assertThat(letter.getInt64("BytesInAll")).isGreaterThan(33 << 20);
    assertThat(letter.getBytes("Bytes")).as("its beginning").hasSizeGreaterThan(60_000);
  }

  private static void elementOverTheProducersLimit(Scene scene) {
    scene.feeds(Scene.FEED);
    scene.set("producer.override.max.request.size", "");
    scene.publish(Scene.FEED, 3);
    PublishedBlob blob =
        scene
            .tenant()
            .blob(Scene.FEED)
            .events(event("before", 10), event("over", 3 << 20), event("behind", 10))
            .add();
    scene.expectRefused(blob, 1);
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    List<Struct> parts = scene.deadLetters(blob, 6);
    long held = parts.stream().mapToLong(part -> part.getBytes("Bytes").length).sum();
    assertThat(held).as("whole").isEqualTo(parts.get(0).getInt64("BytesInAll"));
    assertThat(held).isGreaterThan(3 << 20);
  }

  private static void elementOfEmptyObjects(Scene scene) {
    scene.feeds(Scene.FEED);
    scene.set("producer.override.max.request.size", "");
    scene.publish(Scene.FEED, 3);
    String swelling =
        "{\"Workload\":\"Exchange\",\"AffectedItems\":[" + "{},".repeat(1_000_000) + "{}]}";
    PublishedBlob blob =
        scene
            .tenant()
            .blob(Scene.FEED)
            .events(event("before", 10), swelling, event("behind", 10))
            .add();
    scene.expectRefused(blob, 1);
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    List<Struct> parts = scene.deadLetters(blob, 6);
    long held = parts.stream().mapToLong(part -> part.getBytes("Bytes").length).sum();
    assertThat(held).as("whole").isEqualTo(swelling.length());
    assertThat(parts.get(0).getString("Reason")).contains("bytes of memory");
  }

  private static String event(String id, int length) {
    return Map.of("Id", id, "Workload", "Exchange", "ObjectId", "x".repeat(length))
        .entrySet()
        .stream()
        .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
        .collect(java.util.stream.Collectors.joining(",", "{", "}"));
  }
}
