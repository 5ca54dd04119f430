package io.github.auditstream.connect.office365.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.GraphFault;
import io.github.auditstream.connect.office365.simulator.Operation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Records: whether they are all there, and what is wrong with single ones. */
final class HistoryRecordRows {
  private HistoryRecordRows() {}

  static List<HistoryRow> rows() {
    List<HistoryRow> rows = new ArrayList<>(counts());
    rows.addAll(pages());
    rows.addAll(events());
    return rows;
  }

  private static List<HistoryRow> counts() {
    return List.of(
        new HistoryRow(
            "history-truncated",
            scene -> {
              scene.tenant().querySettings().recordLimit(50);
              scene.events().start().finish();
              assertThat(scene.slices()).extracting(entry -> entry.get("State")).contains("SPLIT");
            }),
        new HistoryRow(
            "history-truncated-at-the-limit",
            scene -> {
              scene.tenant().querySettings().recordLimit(50);
              scene
                  .on(Operation.GET_QUERY)
                  .always()
                  .meets(
                      HistoryScene.body(
                          "no flag",
                          query -> {
                            query.remove("isRecordCountLimitExceeded");
                            query.remove("approximateReturnedRecordCount");
                          }));
              scene.events().start().finish();
              assertThat(scene.slices()).extracting(entry -> entry.get("State")).contains("SPLIT");
            }),
        new HistoryRow("history-truncated-down-to-record-types", HistoryRecordRows::recordTypes),
        new HistoryRow(
            "history-without-counts",
            scene -> {
              scene.tenant().querySettings().tellCounts(false);
              scene.events().start().finish();
              assertThat(scene.tenant().queries().created()).isEqualTo(2);
            }),
        new HistoryRow(
            "history-count-somewhat-off",
            scene -> {
              scene.tenant().querySettings().countsOffBy(3);
              scene.events().start().finish();
            }),
        new HistoryRow(
            "history-count-too-low",
            scene -> {
              scene.tenant().querySettings().countsOffBy(-60);
              scene.events().start().finish();
            }),
        new HistoryRow(
            "history-count-never-reached",
            scene -> {
              scene.tenant().querySettings().countsOffBy(1_000);
              scene.events().endsIncomplete("some may be missing").start().finish();
            }),
        leftOut("history-records-left-out", 20),
        leftOut("history-few-records-left-out", 3),
        new HistoryRow(
            "history-records-left-out-of-two-readings",
            scene -> {
              scene
                  .on(Operation.LIST_RECORDS)
                  .call(1)
                  .meets(GraphFault.recordsLeftOut(25))
                  .call(3)
                  .meets(GraphFault.recordsLeftOut(20));
              scene.events().with("history.concurrency", "1").start().finish();
            }));
  }

  private static HistoryRow leftOut(String name, int records) {
    return new HistoryRow(
        name,
        scene -> {
          scene.on(Operation.LIST_RECORDS).first(2).meets(GraphFault.recordsLeftOut(records));
          scene.events().start().finish();
        });
  }

  /** More in a second than a query gives out. */
  private static void recordTypes(HistoryScene scene) throws Exception {
    for (int type : List.of(1, 2, 4, 6, 8, 14, 15, 25)) {
      scene.events(
          scene.from().plusSeconds(70),
          HistoryScene.event("type-" + type, scene.from().plusSeconds(70), "")
              .replace("\"RecordType\":15", "\"RecordType\":" + type));
    }
    scene.tenant().querySettings().recordLimit(1);
    scene
        .with("history.until", scene.from().plus(Duration.ofMinutes(8)).toString())
        .endsIncomplete("Record types that Microsoft has not documented may be missing")
        .start()
        .finish();
    assertThat(scene.slices())
        .extracting(entry -> entry.getArray("RecordTypes"))
        .anyMatch(types -> types != null && types.size() == 1);
  }

  private static List<HistoryRow> pages() {
    return List.of(
        new HistoryRow(
            "history-pages-in-a-circle",
            scene -> {
              scene.on(Operation.NEXT_RECORDS).call(2).meets(GraphFault.firstPageNext());
              scene.events().start().finish();
            }),
        new HistoryRow(
            "history-page-leads-to-itself",
            scene -> {
              scene.on(Operation.NEXT_RECORDS).call(2).meets(Fault.pageRepeated());
              scene.events().start().finish();
            }),
        new HistoryRow(
            "history-empty-page",
            scene -> {
              scene.on(Operation.NEXT_RECORDS).call(2).meets(GraphFault.emptyPage());
              scene.events().start().finish();
            }),
        new HistoryRow(
            "history-page-lost",
            scene -> {
              scene.on(Operation.NEXT_RECORDS).call(1).meets(Fault.pageLost());
              scene.events().start().finish();
            }),
        new HistoryRow(
            "history-next-page-elsewhere",
            scene -> {
              scene.on(Operation.LIST_RECORDS).call(1).meets(Fault.nextPageElsewhere());
              scene.on(Operation.NEXT_RECORDS).call(1).meets(Fault.nextPageInPlainHttp());
              scene.events().start().finish();
            }),
        new HistoryRow(
            "history-page-count-off",
            scene -> {
              scene.on(Operation.LIST_RECORDS).call(1).meets(GraphFault.countOffBy(1));
              scene.on(Operation.NEXT_RECORDS).call(2).meets(GraphFault.countOffBy(-1));
              scene.events().start().finish();
            }),
        new HistoryRow(
            "history-page-without-count",
            scene -> {
              scene.on(Operation.LIST_RECORDS).always().meets(GraphFault.withoutCount());
              scene.on(Operation.NEXT_RECORDS).always().meets(GraphFault.withoutCount());
              scene.events().start().finish();
            }),
        new HistoryRow(
            "history-page-address-expired",
            scene -> {
              // The address of a page is refused for good; read from the first, it is another.
              scene.on(Operation.NEXT_RECORDS).first(7).meets(GraphFault.invalidRequest());
              scene.events().with("history.concurrency", "1").start().finish();
            }),
        new HistoryRow(
            "history-page-never-comes",
            scene -> {
              scene
                  .simulator()
                  .when(
                      "further pages of the first query",
                      call ->
                          call.operation() == Operation.NEXT_RECORDS
                              && call.contentId()
                                  .equals(scene.tenant().queries().all().get(0).id()))
                  .always()
                  .meets(Fault.cutAfter(300));
              scene
                  .events()
                  .with("history.concurrency", "1")
                  .with("history.stuck.after", "PT10M")
                  .start();
              // It does not keep the other day from being read.
              scene.rig().runUntil(() -> scene.states().contains("DONE"));
              scene.timePasses(Duration.ofMinutes(11)).finish();
              assertThat(scene.states()).contains("SPLIT");
            }));
  }

  private static List<HistoryRow> events() {
    return List.of(
        new HistoryRow(
            "history-events-as-text",
            scene -> {
              scene.on(Operation.LIST_RECORDS).always().meets(GraphFault.eventsAsText());
              scene.events().start().finish();
            }),
        new HistoryRow(
            "history-event-without-id",
            scene -> {
              String event = HistoryScene.event("x", scene.from().plusSeconds(99), "");
              scene.events(scene.from().plusSeconds(99), event.replace("\"Id\":\"x\",", ""));
              scene.events().start().untilSent(30).restart().finish();
            }),
        new HistoryRow("history-record-without-any-id", HistoryRecordRows::withoutAnyId),
        new HistoryRow("history-records-that-are-no-events", HistoryRecordRows::noEvents),
        new HistoryRow("history-event-too-large", HistoryRecordRows::tooLarge),
        new HistoryRow(
            "history-ids-repeated",
            scene -> {
              scene
                  .on(Operation.LIST_RECORDS)
                  .always()
                  .meets(
                      HistoryScene.page(
                          "records repeated",
                          records -> {
                            records.add(records.get(0).deepCopy());
                            records.add(records.get(1).deepCopy());
                          }));
              scene.events().start().finish();
            }),
        new HistoryRow(
            "history-event-on-the-border",
            scene -> {
              scene.events(scene.middle(), HistoryScene.event("border", scene.middle(), ""));
              scene.events(scene.from(), HistoryScene.event("beginning", scene.from(), ""));
              scene.events().start().finish();
              assertThat(
                      scene.slices().stream().mapToLong(entry -> entry.getInt64("Records")).sum())
                  .isGreaterThan(scene.rig().events().size());
            }));
  }

  /** Neither the event nor the record around it has one: known by its content. */
  private static void withoutAnyId(HistoryScene scene) throws Exception {
    scene
        .on(Operation.LIST_RECORDS)
        .always()
        .meets(
            HistoryScene.page(
                "a record without any id",
                records -> {
                  ObjectNode record = ((ObjectNode) records.get(0)).deepCopy();
                  record.remove("id");
                  ObjectNode event = JsonNodeFactory.instance.objectNode();
                  event.put("RecordType", 15).put("Operation", "UserLoggedIn");
                  event.put("CreationTime", scene.from().toString());
                  record.set("auditData", event);
                  records.add(record);
                }));
    scene.events().further().start();
    scene.rig().runUntil(() -> scene.rig().eventIds().stream().anyMatch(HistoryRecordRows::isHash));
    scene.restart().until("DONE");
    assertThat(scene.rig().eventIds()).filteredOn(HistoryRecordRows::isHash).hasSize(1);
    scene
        .further(
            scene.rig().eventIds().stream()
                .filter(HistoryRecordRows::isHash)
                .toArray(String[]::new))
        .finish();
  }

  private static boolean isHash(String key) {
    return key.startsWith("sha256:");
  }

  private static void noEvents(HistoryScene scene) throws Exception {
    scene
        .on(Operation.LIST_RECORDS)
        .always()
        .meets(
            HistoryScene.page(
                "records that are no events",
                records -> {
                  records.add(5).add("ada@contoso.example").addArray();
                  records.addObject().put("id", "no-data");
                  records.addObject().put("id", "number").put("auditData", 3);
                  records.addObject().put("id", "no-json").put("auditData", "{\"Id\": }");
                }));
    scene.events().deadLetters(6).start();
    scene.rig().runUntil(() -> !scene.rig().in("office365.deadletter").isEmpty());
    scene.restart().finish();
    assertThat(scene.rig().in("office365.deadletter"))
        .extracting(record -> ((Struct) record.value()).get("Scope"))
        .containsOnly("EVENT");
  }

  private static void tooLarge(HistoryScene scene) throws Exception {
    String event =
        HistoryScene.event(
            "too-large",
            scene.from().plusSeconds(99),
            ",\"Name\":\"" + "n".repeat(1_200_000) + '"');
    scene.events(scene.from().plusSeconds(99), event);
    scene.events().withoutAll().deadLetters(3).start();
    scene.rig().runUntil(() -> !scene.rig().in("office365.deadletter").isEmpty());
    scene.restart().finish();
    List<String> others = new ArrayList<>(scene.offered(scene.from(), scene.until()));
    others.remove("too-large");
    assertThat(scene.rig().eventIds()).containsAll(others).doesNotContain("too-large");
    StringBuilder whole = new StringBuilder();
    for (SourceRecord letter : scene.rig().in("office365.deadletter")) {
      Struct part = (Struct) letter.value();
      assertThat(part.getInt64("BytesOffset")).isEqualTo(whole.length());
      ByteBuffer bytes = ByteBuffer.wrap(bytes(part));
      whole.append(StandardCharsets.UTF_8.decode(bytes));
    }
    assertThat(whole.toString()).contains("\"Id\":\"too-large\"").hasSizeGreaterThan(1_200_000);
    assertThat(whole.toString()).endsWith("}");
  }

  private static byte[] bytes(Struct part) {
    Object bytes = part.get("Bytes");
    return bytes instanceof ByteBuffer buffer
        ? StandardCharsets.ISO_8859_1
            .decode(buffer.duplicate())
            .toString()
            .getBytes(StandardCharsets.ISO_8859_1)
        : (byte[]) bytes;
  }
}
