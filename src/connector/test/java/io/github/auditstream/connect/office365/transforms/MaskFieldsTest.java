package io.github.auditstream.connect.office365.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.event.AuditEventRestorer;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.event.JsonQuote;
import io.github.auditstream.connect.office365.event.Workload;
import io.github.auditstream.connect.office365.event.Workloads;
import io.github.auditstream.connect.office365.fixtures.HostileEvents;
import io.github.auditstream.connect.office365.fixtures.JsonFingerprint;
import io.github.auditstream.connect.office365.fixtures.SharedEvents;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskFieldsTest {

  private static final String KEY = "0123456789abcdef";
  private static final String SECRET = "4532-0000-1111-2222";

  /** As DLP writes it, with a detection in each place where one can be. */
  private static final String DLP =
      """
      {"Id":"e1","RecordType":11,"Operation":"DLPRuleMatch","Workload":"OneDrive",
       "UserId":"adele@contoso.example",
       "PolicyDetails":[{"PolicyName":"p","Rules":[{"RuleName":"r","ConditionsMatched":{
         "SensitiveInformation":[{"Confidence":75,"Count":1,"SensitiveType":"t",
           "SensitiveInformationDetections":{"DetectedValues":[
             {"Name":"4532-0000-1111-2222","Value":"card 4532-0000-1111-2222 of"}],
             "ResultsTruncated":false}}]}}]}],
       "NewPlace":{"SensitiveInformationDetections":{"DetectedValues":[
             {"Name":"4532-0000-1111-2222","Count":4532}]}},
       "EndpointMetaData":[{"SensitiveInformation":[{
           "SensitiveInformationDetections":{"DetectedValues":["4532-0000-1111-2222"]}}]}]}
      """;

  private final AuditEventRestorer restorer = new AuditEventRestorer();

  @Test
  void takesEveryDetectedValueOutOfADlpEvent() {
    for (String action : List.of("remove", "hash", "replace")) {
      for (SinkRecord record :
          List.of(
              Records.of(dlp()),
              Records.of(null, Records.map(DLP)),
              Records.of(Schema.STRING_SCHEMA, DLP),
              Records.of(null, Records.tree(DLP)))) {
        SinkRecord masked =
            mask(Map.of("presets", "dlp", "action", action, "hash.key", KEY)).apply(record);

        assertThat(String.valueOf(masked.value()))
            .as(action)
            .doesNotContain(SECRET, "4532")
            .contains("SensitiveType", "adele@contoso.example");
        validate(masked);
      }
    }
  }

  @Test
  void leavesTheRecordGivenAlone() {
    SinkRecord record = Records.of(dlp());
    String before = record.value().toString();

    SinkRecord masked = mask(Map.of("presets", "dlp")).apply(record);

    assertThat(record.value()).hasToString(before);
    assertThat(masked.key()).isEqualTo(record.key());
    assertThat(masked.kafkaOffset()).isEqualTo(record.kafkaOffset());
    assertThat(masked.valueSchema()).isSameAs(record.valueSchema());
    assertThat(masked.timestamp()).isEqualTo(record.timestamp());
    assertThat(masked.headers()).isEqualTo(record.headers());
  }

  @Test
  void hashesUnderTheKey() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String expected =
        HexFormat.of().formatHex(mac.doFinal("Jörg".getBytes(StandardCharsets.UTF_8)));
    Map<String, String> config = Map.of("fields", "UserId", "action", "hash", "hash.key", KEY);

    for (SinkRecord record : Records.forms("{\"RecordType\":1,\"UserId\":\"Jörg\"}")) {
      assertThat(restored(mask(config).apply(record))).contains("\"UserId\":\"" + expected + "\"");
    }
    config = Map.of("fields", "UserId", "action", "hash", "hash.key", KEY + "!");
    assertThat(restored(mask(config).apply(Records.of(Records.struct("{\"UserId\":\"Jörg\"}")))))
        .doesNotContain(expected);
  }

  @Test
  void replacesAndRemoves() {
    String json = "{\"RecordType\":1,\"UserId\":\"u\",\"Unknown\":\"u\"}";
    for (SinkRecord record : Records.forms(json)) {
      same(
          mask(Map.of("fields", "UserId,Unknown", "action", "replace", "replacement", "\"x\""))
              .apply(record),
          "{\"RecordType\":1,\"UserId\":\"\\\"x\\\"\",\"Unknown\":\"\\\"x\\\"\"}");
      same(
          mask(Map.of("fields", "UserId,Unknown", "action", "remove")).apply(record),
          "{\"RecordType\":1}");
    }
  }

  @Test
  void masksPropertiesOfUndocumentedTypeInAdditionalProperties() {
    String json =
        "{\"RecordType\":1,\"UserId\":{\"Name\":\"adele\",\"Age\":40},"
            + "\"ClientIP\":3405803777,\"Item\":[{\"Subject\":\"adele\"},7,\"adele\",null]}";
    for (SinkRecord record : Records.forms(json)) {
      same(
          mask(Map.of("fields", "UserId,ClientIP,Item.Subject", "action", "replace")).apply(record),
          "{\"RecordType\":1,\"UserId\":{\"Name\":\"***\"},"
              + "\"Item\":[{\"Subject\":\"***\"},7,\"adele\",null]}");
    }
  }

  @Test
  void masksEachOfSeveralPropertiesOfOneName() {
    String json = "{\"RecordType\":1,\"UserId\":\"a1\",\"UserId\":\"a2\",\"\\ud800\":\"a3\"}";
    for (SinkRecord record :
        List.of(Records.of(Records.struct(json)), Records.of(Schema.STRING_SCHEMA, json))) {
      assertThat(restored(mask(Map.of("fields", "UserId", "action", "replace")).apply(record)))
          .doesNotContain("a1", "a2")
          .contains("a3", "\\ud800");
    }
  }

  @Test
  void masksInsideTextsThatAreJson() {
    String json =
        "{\"RecordType\":40,\"Workload\":\"SecurityComplianceCenter\","
            + "\"Data\":\"{\\\"f3u\\\":\\\"adele\\\",\\\"n\\\":1.50}\"}";
    for (SinkRecord record : Records.forms(json)) {
      same(
          mask(Map.of("fields", "Data.f3u", "action", "replace")).apply(record),
          json.replace("adele", "***"));
      assertThat(mask(Map.of("fields", "Data.other")).apply(record)).isSameAs(record);
    }
    String cut = json.replace("1.50}", "1.5");
    for (SinkRecord record : Records.forms(cut)) {
      same(
          mask(Map.of("fields", "Data.f3u", "action", "replace")).apply(record),
          "{\"RecordType\":40,\"Workload\":\"SecurityComplianceCenter\",\"Data\":\"***\"}");
    }
  }

  @Test
  void knowsStarsAndDotsAndNoCase() {
    String json = "{\"RecordType\":1,\"A\":{\"b.c\":\"x\",\"D\":{\"e\":\"x\"}},\"e\":\"x\"}";
    SinkRecord record = Records.of(Records.struct(json));

    check(record, "a.B\\.c", "{\"RecordType\":1,\"A\":{\"D\":{\"e\":\"x\"}},\"e\":\"x\"}");
    check(record, "A.*.E", "{\"RecordType\":1,\"A\":{\"b.c\":\"x\",\"D\":{}},\"e\":\"x\"}");
    check(record, "**.e", "{\"RecordType\":1,\"A\":{\"b.c\":\"x\",\"D\":{}}}");
    check(record, "AdditionalProperties.e", json.replace(",\"e\":\"x\"}", "}"));
    check(record, "additionalproperties.e", json.replace(",\"e\":\"x\"}", "}"));
    check(record, "AdditionalProperties", "{\"RecordType\":1}");
    check(record, "A.**.b\\.c", json.replace("\"b.c\":\"x\",", ""));
  }

  @Test
  void leavesAValidValueWhereTheSchemaWantsOne() {
    Schema inner = SchemaBuilder.struct().field("Text", Schema.STRING_SCHEMA).build();
    Schema schema =
        SchemaBuilder.struct()
            .field("Text", Schema.STRING_SCHEMA)
            .field("Number", Schema.INT64_SCHEMA)
            .field("Optional", Schema.OPTIONAL_INT32_SCHEMA)
            .field("Bytes", Schema.BYTES_SCHEMA)
            .field("Amount", Decimal.schema(2))
            .field("Time", Timestamp.SCHEMA)
            .field("List", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
            .field("Inner", inner)
            .build();
    Struct value =
        new Struct(schema)
            .put("Text", "secret")
            .put("Number", 4711L)
            .put("Optional", 4711)
            .put("Bytes", new byte[] {47, 11})
            .put("Amount", new BigDecimal("47.11"))
            .put("Time", Timestamp.toLogical(Timestamp.SCHEMA, 4711L))
            .put("List", List.of("secret", "secret"))
            .put("Inner", new Struct(inner).put("Text", "secret"));

    for (String action : List.of("remove", "hash", "replace")) {
      SinkRecord masked =
          mask(Map.of("fields", "*", "action", action, "hash.key", KEY)).apply(Records.of(value));

      validate(masked);
      assertThat(masked.value().toString()).doesNotContain("secret", "4711");
      assertThat(((Struct) masked.value()).get("Bytes")).isEqualTo(new byte[0]);
      assertThat(((Struct) masked.value()).get("Amount")).isEqualTo(new BigDecimal("0.00"));
      assertThat(((Struct) masked.value()).get("Time"))
          .isEqualTo(Timestamp.toLogical(Timestamp.SCHEMA, 0L));
    }
  }

  @Test
  void masksInKeysToo() {
    Schema schema = SchemaBuilder.struct().field("UserId", Schema.OPTIONAL_STRING_SCHEMA).build();
    SinkRecord record =
        Records.of(null, "value")
            .newRecord("t", 0, schema, new Struct(schema).put("UserId", "u"), null, "value", 1L);
    try (MaskFields.Key<SinkRecord> mask = new MaskFields.Key<>()) {
      mask.configure(Map.of("fields", "UserId"));

      SinkRecord masked = mask.apply(record);

      assertThat(((Struct) masked.key()).get("UserId")).isNull();
      assertThat(masked.value()).isEqualTo("value");
      assertThat(mask.apply(masked)).isSameAs(masked);
    }
  }

  @Test
  void leavesRecordsWithoutTheFieldsUnchanged() {
    for (SinkRecord record :
        List.of(
            Records.of(null, null),
            Records.of(Schema.STRING_SCHEMA, "text"),
            Records.of(Schema.STRING_SCHEMA, "{\"a\": 1}"),
            Records.of(Schema.INT32_SCHEMA, 5),
            Records.of(Records.struct("{\"Id\":\"e\"}")),
            Records.of(null, Map.of("a", Map.of("b", List.of(1)))))) {
      assertThat(mask(Map.of("fields", "UserId,**.Nowhere")).apply(record)).isSameAs(record);
    }
  }

  @Test
  void removesATextThatIsCutOff() {
    SinkRecord record = Records.of(Schema.STRING_SCHEMA, "{\"UserId\":\"adele\"");

    assertThat(String.valueOf(mask(Map.of("fields", "UserId")).apply(record).value()))
        .doesNotContain("adele");
  }

  @ParameterizedTest
  @CsvSource({"[{\"a\":, [, ], }]", "{\"a\":, {\"AdditionalProperties\":, }, }"})
  void endsInTextsWithinTextsHoweverDeepTheyAre(String head, String open, String shut, String tail)
      throws Exception {
    String text = "{\"UserId\":\"adele\"}";
    for (int i = 0; i < 10; i++) {
      StringBuilder outer = new StringBuilder(head).append(open.repeat(490));
      outer.append(open.equals("[") ? "" : "{\"b\":");
      JsonQuote.append(outer, text);
      outer.append(open.equals("[") ? "" : "}");
      text = outer.append(shut.repeat(490)).append(tail).toString();
    }
    StringBuilder event = new StringBuilder("{\"RecordType\":40,\"Data\":");
    JsonQuote.append(event, text);
    SinkRecord record = Records.of(Schema.STRING_SCHEMA, event.append('}').toString());
    MaskFields.Value<SinkRecord> mask = mask(Map.of("fields", "**.UserId"));
    FutureTask<String> masked = new FutureTask<>(() -> String.valueOf(mask.apply(record).value()));
    // Half of what most platforms give a thread.
    Thread small = new Thread(null, masked, "small-stack", 512 << 10);
    small.start();

    assertThat(masked.get()).contains("\"RecordType\":40").doesNotContain("adele");
  }

  @Test
  void masksTheUsersAndAddressesOfRealEvents() {
    Map<String, String> config =
        Map.of("presets", "users,addresses,dlp", "action", "replace", "replacement", "masked-here");
    MaskFields.Value<SinkRecord> mask = mask(config);
    for (String json : SharedEvents.all()) {
      Struct event = Records.struct(json);
      SinkRecord masked = mask.apply(Records.of(event));

      validate(masked);
      Map<String, Object> tree = Records.tree(restored(masked));
      for (String name :
          List.of(
              "UserId",
              "UserKey",
              "ClientIP",
              "ClientIPAddress",
              "ActorIpAddress",
              "MailboxOwnerUPN")) {
        Object value = tree.get(name);
        if (value != null) {
          assertThat(value).as(name).isEqualTo("masked-here");
        }
      }
      JsonFingerprint.assertSame(
          String.valueOf(
              mask.apply(Records.of(Schema.STRING_SCHEMA, restorer.restore(event))).value()),
          restored(masked));
    }
  }

  @Test
  void masksPeopleAndAddressesWhereverAnEventNamesThem() {
    String json =
        """
        {"RecordType":64,"Workload":"%s","AlertEntityId":"adele@contoso.example",
         "Item":{"Id":"i","Recipients":[{"Address":"adele@contoso.example","Name":"adele"}]},
         "MembershipInformation":[{"MemberEmail":"adele@contoso.example","Status":"s"}],
         "SharingInformation":[{"RecipientEmail":"adele@contoso.example","RecipientName":"adele"}],
         "ProtectionEventData":{"ProtectionOwner":"adele@contoso.example"},
         "ContactEmail2EmailAddress":"adele@contoso.example","ContactEmail2DisplayName":"adele",
         "ReleaseTo":"adele@contoso.example","MemberIds":"adele,4711",
         "ModifiedObjectResolvedName":"adele",
         "Data":"{\\"eid\\":\\"adele@contoso.example\\",\\"sip\\":\\"203.0.113.7\\",\\"Entities\\":[
           {\\"Type\\":\\"mailMessage\\",\\"Recipient\\":\\"adele@contoso.example\\",
            \\"P2SenderDisplayName\\":\\"adele\\",\\"SenderIP\\":\\"203.0.113.7\\"},
           {\\"Type\\":\\"mailbox\\",\\"Upn\\":\\"adele@contoso.example\\"},
           {\\"Type\\":\\"ip\\",\\"Address\\":\\"203.0.113.7\\"}]}"}
        """
            .replace("\n", "");
    for (String workload :
        List.of(
            "AirInvestigation", "Exchange", "PowerBI", "Aip", "Quarantine", "Planner", "Unheard")) {
      for (SinkRecord record : Records.forms(json.formatted(workload))) {
        for (String action : List.of("remove", "hash")) {
          SinkRecord masked =
              mask(Map.of("presets", "users,addresses", "action", action, "hash.key", KEY))
                  .apply(record);

          validate(masked);
          assertThat(restored(masked))
              .doesNotContain("adele", "203.0.113.7")
              .contains("mailMessage", "\"Status\":\"s\"");
        }
      }
    }
  }

  @Property(tries = 300)
  void masksEventsOfAnyShape(@ForAll long seed) {
    HostileEvents events = new HostileEvents(seed);
    Workload workload = Workloads.all().get(Math.floorMod(seed, Workloads.all().size()));
    String json = events.event(workload.name(), new EventSchemas().forWorkload(workload));
    Struct event = Records.struct(json);

    for (String fields : List.of("**.Id", "UserId,*.Name", "*")) {
      SinkRecord masked = mask(Map.of("fields", fields)).apply(Records.of(event));
      validate(masked);
      assertThat(restored(masked)).startsWith("{").endsWith("}");
    }
    SinkRecord untouched = mask(Map.of("fields", "No.Such.Field")).apply(Records.of(event));
    JsonFingerprint.assertSame(restored(untouched), restorer.restore(event));
  }

  @Test
  void refusesAContradictoryConfiguration() {
    assertRefused(Map.of(), "fields", "presets");
    assertRefused(Map.of("presets", "everything"), "presets", "everything");
    assertRefused(Map.of("fields", "a..b"), "a..b", "empty name");
    assertRefused(Map.of("fields", "a.**"), "ends in **");
    assertRefused(Map.of("fields", "a", "action", "hide"), "action");
    assertRefused(Map.of("fields", "a", "action", "hash"), "hash.key", "is missing");
    assertRefused(
        Map.of("fields", "a", "action", "hash", "hash.key", "too-short"), "hash.key", "too short");
    // The worker has no such provider: anybody who reads the configuration would know this key.
    assertRefused(
        Map.of("fields", "a", "action", "hash", "hash.key", "${vault:kafka/masking:hash.key}"),
        "hash.key",
        "placeholder",
        "config.providers");
    assertThatThrownBy(() -> mask(Map.of("fields", "a", "action", "hash", "hash.key", "too-short")))
        .satisfies(refused -> assertThat(refused.toString()).doesNotContain("too-short"));
  }

  private void check(SinkRecord record, String path, String expected) {
    same(mask(Map.of("fields", path)).apply(record), expected);
  }

  private void same(SinkRecord actual, String expected) {
    validate(actual);
    JsonFingerprint.assertSame(restored(actual), expected);
  }

  private String restored(SinkRecord record) {
    if (record.value() instanceof Struct struct) {
      return restorer.restore(struct);
    }
    if (record.value() instanceof Map<?, ?> map && AuditEvents.isEvent(map)) {
      return restorer.restore(map);
    }
    return record.value() instanceof Map<?, ?> map
        ? JsonTree.write(map)
        : String.valueOf(record.value());
  }

  private static void validate(SinkRecord record) {
    if (record.value() instanceof Struct struct) {
      struct.validate();
    }
  }

  private static Struct dlp() {
    return Records.struct(DLP, "DLP.All");
  }

  private static void assertRefused(Map<String, String> config, String... words) {
    Consumer<Map<String, String>> configuring = MaskFieldsTest::mask;
    assertThatThrownBy(() -> configuring.accept(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(words);
  }

  private static MaskFields.Value<SinkRecord> mask(Map<String, String> config) {
    MaskFields.Value<SinkRecord> mask = new MaskFields.Value<>();
    mask.configure(config);
    return mask;
  }
}
