package io.github.auditstream.connect.office365.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.event.Workload;
import io.github.auditstream.connect.office365.event.Workloads;
import io.github.auditstream.connect.office365.fixtures.HostileEvents;
import io.github.auditstream.connect.office365.fixtures.JsonFingerprint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invented events of the shapes that the API has, and what is expected of each, by hand. */
class ToEcsTest {

  private static final String COMMON =
      """
      "CreationTime":"2026-08-01T10:00:00","Id":"e1","OrganizationId":"C0470505-0000-4000-8000-01",
      "UserId":"adele@contoso.example","Version":1,
      """;

  private static final String ADELE =
      """
      user.id=adele@contoso.example, user.email=adele@contoso.example, user.name=adele,
      user.domain=contoso.example, @timestamp=2026-08-01T10:00:00Z, ecs.version=8.11.0,
      event.id=e1, event.module=o365, event.dataset=o365.audit,
      organization.id=c0470505-0000-4000-8000-01""";

  private static final String FROM_HOME =
      """
      client.ip=203.0.113.7, client.address=203.0.113.7, source.ip=203.0.113.7,
      source.address=203.0.113.7, network.type=ipv4, related.ip=[203.0.113.7]""";

  @Test
  void mapsASignIn() {
    expect(
        """
        {%s "RecordType":15,"Operation":"UserLoggedIn","Workload":"AzureActiveDirectory",
         "ResultStatus":"Success","ActorIpAddress":"203.0.113.7","ClientIP":"203.0.113.7",
         "ErrorNumber":"0","ExtendedProperties":[{"Name":"ResultStatusDetail","Value":"Success"},
           {"Name":"UserAgent","Value":"Mozilla/5.0"}],
         "DeviceProperties":[{"Name":"OS","Value":"Windows 11"},
           {"Name":"DisplayName","Value":"LAPTOP-7"},{"Name":"Id","Value":"d1"}]}
        """,
        """
        event.kind=event, event.category=[authentication], event.type=[start],
        event.outcome=success, event.action=UserLoggedIn,
        event.code=AzureActiveDirectoryStsLogon, event.provider=AzureActiveDirectory,
        user_agent.original=Mozilla/5.0, host.name=LAPTOP-7, host.id=d1, host.os.full=Windows 11,
        related.user=[adele@contoso.example, adele], related.hosts=[LAPTOP-7]""",
        FROM_HOME);
  }

  @Test
  void recognisesAFailedSignInThatSaysSucceeded() {
    expect(
        """
        {%s "RecordType":15,"Operation":"UserLoginFailed","Workload":"AzureActiveDirectory",
         "ResultStatus":"Success","ErrorNumber":"50126","LogonError":"InvalidUserNameOrPassword"}
        """,
        """
        event.kind=event, event.category=[authentication], event.type=[start],
        event.outcome=failure, event.action=UserLoginFailed,
        event.reason=InvalidUserNameOrPassword, error.code=50126,
        event.code=AzureActiveDirectoryStsLogon, event.provider=AzureActiveDirectory,
        related.user=[adele@contoso.example, adele]""");
  }

  @Test
  void mapsADownload() {
    expect(
        """
        {%s "RecordType":6,"Operation":"FileDownloaded","Workload":"SharePoint",
         "ClientIP":"203.0.113.7","UserAgent":"Mozilla/5.0","ItemType":"File",
         "ObjectId":"https://Contoso.example/sites/finance/Shared Documents/plan.xlsx",
         "SourceFileName":"plan.xlsx","SourceFileExtension":"xlsx",
         "SourceRelativeUrl":"Shared Documents","FileSizeBytes":4711}
        """,
        """
        event.kind=event, event.category=[file], event.type=[access], event.outcome=success,
        event.action=FileDownloaded, event.code=SharePointFileOperation,
        event.provider=SharePoint, user_agent.original=Mozilla/5.0,
        url.original=https://Contoso.example/sites/finance/Shared Documents/plan.xlsx,
        url.scheme=https, url.domain=contoso.example, file.name=plan.xlsx, file.extension=xlsx,
        file.directory=Shared Documents, file.size=4711,
        related.user=[adele@contoso.example, adele]""",
        FROM_HOME);
  }

  @Test
  void mapsAMailboxLogin() {
    expect(
        """
        {%s "RecordType":2,"Operation":"MailboxLogin","Workload":"Exchange",
         "ResultStatus":"Succeeded","ClientIPAddress":"[2001:db8::7]:54321",
         "ClientIP":"198.51.100.1","MailboxOwnerUPN":"bob@contoso.example",
         "LogonUserDisplayName":"Adele V","ClientProcessName":"OUTLOOK.EXE",
         "OrganizationName":"contoso.example","OriginatingServer":"HOST01 (15.20.4200.000)\\r\\n"}
        """,
        """
        event.kind=event, event.category=[authentication], event.type=[start],
        event.outcome=success, event.action=MailboxLogin, event.code=ExchangeItem,
        event.provider=Exchange, client.ip=2001:db8::7, client.port=54321,
        client.address=2001:db8::7, source.ip=2001:db8::7, source.port=54321,
        source.address=2001:db8::7, network.type=ipv6, related.ip=[2001:db8::7],
        user.target.id=bob@contoso.example, user.target.email=bob@contoso.example,
        user.target.name=bob, user.target.domain=contoso.example, user.full_name=Adele V,
        process.name=OUTLOOK.EXE, organization.name=contoso.example, server.domain=HOST01,
        server.address=HOST01, related.hosts=[HOST01],
        related.user=[adele@contoso.example, adele, bob@contoso.example, bob]""");
  }

  @Test
  void mapsACmdlet() {
    expect(
        """
        {%s "RecordType":1,"Operation":"Add-MailboxPermission","Workload":"Exchange",
         "ResultStatus":"True","ClientIP":"203.0.113.7:1234","ObjectId":"bob",
         "Parameters":[{"Name":"AccessRights","Value":"FullAccess"}]}
        """,
        """
        event.kind=event, event.category=[iam], event.type=[user, change],
        event.outcome=success, event.action=Add-MailboxPermission, event.code=ExchangeAdmin,
        event.provider=Exchange, client.port=1234, source.port=1234,
        related.user=[adele@contoso.example, adele]""",
        FROM_HOME);
  }

  @Test
  void mapsADlpMatchThatBlocked() {
    String event =
        """
        {%s "RecordType":13,"Operation":"DlpRuleMatch","Workload":"Exchange",
         "ExchangeMetaData":{"MessageID":"<m1>","From":"adele@contoso.example",
           "To":["x@fabrikam.example"],"CC":[],"BCC":["y@fabrikam.example"],"Subject":"cards"},
         "PolicyDetails":[{"PolicyId":"p1","PolicyName":"Cards","Rules":[
           {"RuleId":"r1","RuleName":"Few","Severity":"Low","Actions":["NotifyUser"]},
           {"RuleId":"r2","RuleName":"Many","Severity":"High","Actions":["BlockAccess"]}]}]}
        """;
    String expected =
        """
        event.kind=alert, event.category=[email], event.type=[info], event.outcome=failure,
        event.action=DlpRuleMatch, event.code=ComplianceDLPExchange, event.provider=Exchange,
        event.severity=4, rule.id=[p1, r1, r2], rule.name=[Cards, Few, Many],
        email.from.address=[adele@contoso.example], email.to.address=[x@fabrikam.example],
        email.bcc.address=[y@fabrikam.example], email.subject=cards, email.message_id=<m1>,
        related.user=[adele@contoso.example, adele, x@fabrikam.example, y@fabrikam.example]""";
    expect(event, expected);
    expect(
        event.replace("\"DlpRuleMatch\"", "\"DlpRuleUndo\""),
        expected.replace("failure", "success").replace("DlpRuleMatch", "DlpRuleUndo"));
  }

  @Test
  void mapsAMemberOfATeam() {
    expect(
        """
        {%s "RecordType":25,"Operation":"MemberAdded","Workload":"MicrosoftTeams",
         "TeamName":"Finance","AADGroupId":"g1",
         "Members":[{"DisplayName":"Bob","Role":2,"UPN":"bob@contoso.example"}]}
        """,
        """
        event.kind=event, event.category=[iam], event.type=[group, change],
        event.outcome=success, event.action=MemberAdded, event.code=MicrosoftTeams,
        event.provider=MicrosoftTeams, group.name=Finance, group.id=g1,
        related.user=[adele@contoso.example, adele, bob@contoso.example]""");
  }

  @Test
  void mapsARoleAssignment() {
    expect(
        """
        {%s "RecordType":8,"Operation":"Add member to role.","Workload":"AzureActiveDirectory",
         "ResultStatus":"Failure","ObjectId":"bob@contoso.example",
         "ExtendedProperties":[
           {"Name":"additionalDetails","Value":"{\\"User-Agent\\":\\"EvoSTS\\"}"}],
         "ModifiedProperties":[{"Name":"Role.DisplayName",
           "NewValue":"\\"Global Administrator\\"","OldValue":""}]}
        """,
        """
        event.kind=event, event.category=[iam], event.type=[admin, change],
        event.outcome=failure, event.action=Add member to role.,
        event.code=AzureActiveDirectory, event.provider=AzureActiveDirectory,
        user_agent.original=EvoSTS, user.target.id=bob@contoso.example,
        user.target.email=bob@contoso.example, user.target.name=bob,
        user.target.domain=contoso.example, user.target.roles=[Global Administrator],
        related.user=[adele@contoso.example, adele, bob@contoso.example, bob]""");
  }

  @Test
  void namesTheRemovedRoleWhereTheNewOneIsOnlyQuotationMarks() {
    String json =
        """
        {"RecordType":8,"Operation":"Remove member from role.","ModifiedProperties":[
          {"Name":"Role.DisplayName","NewValue":"\\"\\"","OldValue":"\\"Global Reader\\""}]}
        """;

    assertThat(document(Records.of(Records.struct(json)), Map.of()).get("user.target.roles"))
        .isEqualTo(List.of("Global Reader"));
  }

  @Test
  void mapsAnAlert() {
    expect(
        """
        {%s "RecordType":40,"Operation":"AlertEntityGenerated","Severity":"Medium",
         "Workload":"SecurityComplianceCenter","ResultStatus":"Succeeded","PolicyId":"p1",
         "Name":"Elevation of privilege","Category":"AccessGovernance",
         "AlertEntityId":"bob@contoso.example","EntityType":"User",
         "AlertLinks":[{"AlertLinkHref":"https://contoso.example/a"},{"AlertLinkHref":""}],
         "Data":"{\\"f3u\\":\\"carol@contoso.example\\",\\"sip\\":\\"198.51.100.9\\"}"}
        """,
        """
        event.kind=alert, event.category=[iam], event.type=[info], event.outcome=success,
        event.action=AlertEntityGenerated, event.code=SecurityComplianceAlerts,
        event.provider=SecurityComplianceCenter, event.severity=3,
        message=Elevation of privilege, rule.name=Elevation of privilege, rule.id=p1,
        rule.category=AccessGovernance, rule.reference=https://contoso.example/a,
        user.target.id=bob@contoso.example, user.target.email=bob@contoso.example,
        user.target.name=bob, user.target.domain=contoso.example, related.ip=[198.51.100.9],
        related.user=[adele@contoso.example, adele, bob@contoso.example, bob, carol@contoso.example]""");
  }

  @Test
  void mapsADetectedMail() {
    expect(
        """
        {%s "RecordType":28,"Operation":"TIMailData","Workload":"ThreatIntelligence",
         "NetworkMessageId":"n1","InternetMessageId":"<m1>","Subject":"win","SenderIp":"198.51.100.9",
         "P1Sender":"p1@fabrikam.example","P2Sender":"p2@fabrikam.example",
         "Recipients":["bob@contoso.example"],
         "AttachmentData":[{"SHA256":"ABC"}]}
        """,
        """
        event.kind=event, event.category=[email, threat], event.type=[info, indicator],
        event.outcome=unknown, event.action=TIMailData, event.code=ThreatIntelligence,
        event.provider=ThreatIntelligence, email.local_id=n1, email.message_id=<m1>,
        email.subject=win, email.sender.address=p1@fabrikam.example,
        email.from.address=[p2@fabrikam.example], email.to.address=[bob@contoso.example],
        email.attachments=[{file={hash={sha256=ABC}}}], related.hash=[ABC],
        related.ip=[198.51.100.9],
        related.user=[adele@contoso.example, adele, p1@fabrikam.example, p2@fabrikam.example, bob@contoso.example]""");
  }

  @Test
  void keepsWhatItDoesNotKnow() {
    expect(
        """
        {%s "RecordType":98765,"Operation":"Frobnicated","Workload":"NewThing",
         "ResultStatus":"InProgress","ClientIP":"<null>"}
        """,
        """
        event.kind=event, event.type=[info], event.outcome=unknown, event.action=Frobnicated,
        event.code=98765, event.provider=NewThing,
        related.user=[adele@contoso.example, adele]""");
  }

  @ParameterizedTest(name = "{0}, {1}, {2} is {3}")
  @CsvSource({
    "1, Set-Mailbox, \"True\", success",
    "1, Set-Mailbox, true, success",
    "1, Set-Mailbox, \"False\", failure",
    "1, Set-Mailbox, null, unknown",
    "2, Send, \"Succeeded\", success",
    "3, SoftDelete, \"PartiallySucceeded\", success",
    "3, SoftDelete, \"Failed\", failure",
    "8, Add user., \"Success\", success",
    "8, Add user., \"success\", success",
    "8, Add user., \"Failure\", failure",
    "9, PasswordLogon, \"failed\", failure",
    "15, UserLoggedIn, \"Succeeded\", success",
    "15, UserLoggedIn, null, success",
    "15, UserLoggedIn, \"Failed\", failure",
    "15, UserLoginFailed, \"Succeeded\", failure",
    "15, UserLoginFailed, null, failure",
    "20, CreateArtifact, \"InProgress\", unknown",
    "22, GroupCreation, \"TRUE\", success",
    "6, FileAccessed, null, success",
    "14, SharingInvitationBlocked, null, failure",
    "28, TIMailData, null, unknown",
    "188, PlanCreated, \"1\", success",
    "188, PlanCreated, \"3\", failure",
    "98765, Unheard, 1, unknown"
  })
  void reportsTheOutcome(int recordType, String operation, String status, String outcome) {
    String json =
        "{\"RecordType\":%s,\"Operation\":\"%s\",\"ResultStatus\":%s}"
            .formatted(recordType, operation, status);

    assertThat(document(Records.of(Records.struct(json)), Map.of()).get("event.outcome"))
        .isEqualTo(outcome);
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource({
    "6, FileSyncDownloadedFull, [file] [access]",
    "6, FileSyncDownloadedPartial, [file] [access]",
    "6, FileSensitivityLabelRemoved, [file] [change]",
    "6, FileMalwareDetected, '[file, malware] [info]'",
    "6, FileRecycled, [file] [deletion]",
    "6, FolderModified, [file] [change]",
    "8, Download group members - started (bulk), '[iam] [group, info]'",
    "8, Get user., '[iam] [user, info]'"
  })
  void namesWhatWasDoneAndToWhat(int recordType, String operation, String expected) {
    String json = "{\"RecordType\":%s,\"Operation\":\"%s\"}".formatted(recordType, operation);
    Map<String, Object> document = document(Records.of(Records.struct(json)), Map.of());

    assertThat(document.get("event.category") + " " + document.get("event.type"))
        .isEqualTo(expected);
  }

  @Test
  void keepsTheEventWithAllItsOddities() {
    String json =
        "{\"RecordType\":1,\"Id\":\"e\",\"Item\":null,\"Version\":1.50,\"X\":[],\"#\":{},"
            + "\"Y\":12345678901234567890123,\"X\":2,\"Z\":1e5,\"Z2\":1e-99999999999,"
            + "\"Z3\":1e99999999999,\"Operation\":\"\\ud800\"}";
    for (Schema schema : List.of(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)) {
      Map<String, Object> document =
          Records.tree(
              (String) transform(Map.of("output", "json")).apply(Records.of(schema, json)).value());
      assertThat(document).containsKey("o365");
    }

    SinkRecord asJson = transform(Map.of("output", "json")).apply(Records.of(Records.struct(json)));
    SinkRecord asMap = transform(Map.of()).apply(Records.of(Records.struct(json)));

    assertThat(asJson.valueSchema()).isEqualTo(Schema.STRING_SCHEMA);
    String text = (String) asJson.value();
    int audit = text.indexOf("\"audit\":") + "\"audit\":".length();
    int related = text.indexOf("},\"related\"");
    JsonFingerprint.assertSame(
        text.substring(audit, related < 0 ? text.length() - 2 : related), json);

    assertThat(asMap.valueSchema()).isNull();
    Map<?, ?> tree = (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) asMap.value()).get("o365")).get("audit");
    assertThat(tree.get("Version")).isEqualTo(1.5);
    assertThat(tree.get("Y")).isEqualTo("12345678901234567890123");
    assertThat(tree.get("Z")).isEqualTo(100_000.0);
    assertThat(tree.get("Z2")).isEqualTo("1e-99999999999");
    assertThat(tree.get("Z3")).isEqualTo("1e99999999999");
    assertThat(tree.get("X")).isEqualTo(2L);
    assertThat(tree.get("Operation")).isEqualTo("\uFFFD");
    assertThat(tree.containsKey("Item")).isTrue();
  }

  @Test
  void leavesTheEventOutOrAddsItsTextAsAsked() {
    SinkRecord record = Records.of(Records.struct("{\"Id\":\"e\",\"RecordType\":1}"));

    assertThat(document(record, Map.of("include.audit", "false")))
        .doesNotContainKey("o365.audit.Id");
    assertThat(document(record, Map.of("include.original", "true", "dataset", "mine")))
        .containsEntry("event.original", "{\"Id\":\"e\",\"RecordType\":1}")
        .containsEntry("event.dataset", "mine")
        .containsEntry("o365.audit.Id", "e");
  }

  @Test
  void takesTheRecordsTimeWhereTheEventHasNone() {
    String json = "{\"Id\":\"e\",\"CreationTime\":\"yesterday\",\"RecordType\":1}";

    assertThat(document(Records.of(Records.struct(json)), Map.of()))
        .containsEntry("@timestamp", "2026-05-28T20:26:40Z");
    assertThat(
            document(
                Records.of(Records.struct(json.replace("yesterday", "2026-08-01 10:00:00"))),
                Map.of()))
        .containsEntry("@timestamp", "2026-08-01T10:00:00Z");
  }

  @Test
  void mapsAnEventThatCannotBeMappedToo() {
    String deep = "[".repeat(3000) + "]".repeat(3000);
    Struct event = Records.struct("{\"RecordType\":1,\"Deep\":[]}");
    // As an earlier release may have written it.
    event.put(EventSchemas.ADDITIONAL_PROPERTIES, Map.of("Deep", deep));
    SinkRecord record = Records.of(event);

    for (String output : List.of("map", "json")) {
      SinkRecord result = transform(Map.of("output", output)).apply(record);
      Map<?, ?> document =
          result.value() instanceof String text ? Records.tree(text) : (Map<?, ?>) result.value();

      assertThat(document.get("@timestamp")).isEqualTo("2026-05-28T20:26:40Z");
      assertThat(document.get("event").toString()).contains("kind=pipeline_error", "id=e1");
      assertThat(document.get("error").toString())
          .contains("could not be mapped")
          .doesNotContain("[[");
    }
  }

  @Property(tries = 300)
  void mapsEventsOfAnyShape(@ForAll long seed) {
    Workload workload = Workloads.all().get(Math.floorMod(seed, Workloads.all().size()));
    String json =
        new HostileEvents(seed).event(workload.name(), new EventSchemas().forWorkload(workload));
    for (String output : List.of("map", "json")) {
      SinkRecord result =
          transform(Map.of("output", output)).apply(Records.of(Records.struct(json)));
      assertThat(result.value()).isInstanceOf(output.equals("map") ? Map.class : String.class);
    }
  }

  @Test
  void passesEverythingElse() {
    Schema receipt = SchemaBuilder.struct().field("ContentId", Schema.STRING_SCHEMA).build();
    for (SinkRecord record :
        List.of(
            Records.of(null, null),
            Records.of(Schema.STRING_SCHEMA, "text"),
            Records.of(Schema.STRING_SCHEMA, "{\"ContentId\":\"b1\"}"),
            Records.of(new Struct(receipt).put("ContentId", "b1")),
            Records.of(null, Map.of("ContentId", "b1")))) {
      assertThat(transform(Map.of()).apply(record)).isSameAs(record);
    }
  }

  @Test
  void refusesAnUnknownOutput() {
    assertThatThrownBy(() -> transform(Map.of("output", "xml")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("output");
  }

  /** Holds all fields of the document but o365.audit against those expected. */
  private static void expect(String event, String... expected) {
    String json = event.formatted(COMMON);
    Map<String, String> fields = new TreeMap<>();
    for (String lines :
        (String.join(", ", expected) + ", " + ADELE).split(",\\s+(?=[@a-z_.]+=)", -1)) {
      int equals = lines.indexOf('=');
      fields.put(lines.substring(0, equals).strip(), lines.substring(equals + 1).strip());
    }
    for (SinkRecord record : Records.forms(json)) {
      Map<String, Object> document = document(record, Map.of());
      Map<String, String> actual = new TreeMap<>();
      document.forEach((name, value) -> actual.put(name, value.toString()));
      actual.keySet().removeIf(name -> name.startsWith("o365."));
      assertThat(actual).isEqualTo(fields);
    }
  }

  private static Map<String, Object> document(SinkRecord record, Map<String, String> config) {
    Map<String, Object> flat = new TreeMap<>();
    flatten("", (Map<?, ?>) transform(config).apply(record).value(), flat);
    return flat;
  }

  private static void flatten(String above, Map<?, ?> map, Map<String, Object> flat) {
    map.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> below) {
            flatten(above + name + ".", below, flat);
          } else if (value != null) {
            flat.put(above + name, value);
          }
        });
  }

  private static ToEcs<SinkRecord> transform(Map<String, String> config) {
    ToEcs<SinkRecord> transform = new ToEcs<>();
    transform.configure(config);
    return transform;
  }
}
