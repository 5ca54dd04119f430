package io.github.auditstream.connect.office365.it.sinks;

import io.github.auditstream.connect.office365.model.ContentType;
import java.util.ArrayList;
import java.util.List;

/** Events that the questions of the pages are about, and what a sink may stumble over. */
final class SinkEvents {
  private static final String FILE =
      """
      {"Id":"question-%s","RecordType":6,"Workload":"SharePoint","Operation":"FileDownloaded",
       "CreationTime":"%s","UserId":"%s","ClientIP":"%s","UserType":0,
       "ObjectId":"https://contoso.example/sites/finance/Shared Documents/plan%s.xlsx",
       "ItemType":"File","SourceFileName":"plan, \\"final\\"\\nsecond line.xlsx",
       "Planned":{"Level": [1,\n 2]},"UserAgent":"\\u00fcber \\ud83d\\ude80"}""";

  private static final String MAIL =
      """
      {"Id":"question-%s","RecordType":2,"Workload":"Exchange","Operation":"MailItemsAccessed",
       "CreationTime":"%s","UserId":"%s","ClientIPAddress":"%s","ClientIP":"",
       "Parameters":[{"Name":"Identity","Value":"x"}],"ObjectId":null}""";

  private SinkEvents() {}

  static List<String> of(ContentType contentType) {
    return contentType == ContentType.EXCHANGE ? mails() : files();
  }

  private static List<String> files() {
    List<String> events = new ArrayList<>();
    events.add(
        FILE.formatted("1", "2025-03-04T08:15:00", "adele@contoso.example", "203.0.113.24", ""));
    events.add(
        FILE.formatted("2", "2025-03-04T09:00:00", "Adele@Contoso.example", "2001:db8::1", ""));
    events.add(
        FILE.formatted("3", "2025-03-04T09:59:59", "sam@contoso.example", "203.0.113.24:443", ""));
    events.add(
        FILE.formatted("4", "2025-03-04T10:00:00", "sam@contoso.example", "203.0.113.245", "-2"));
    events.add("{\"Id\":\"question-5\",\"Workload\":\"SharePoint\",\"RecordType\":\"six\"}");
    events.add(
        "{\"Id\":\"question-6\",\"Workload\":\"SharePoint\",\"Deep\":"
            + "[".repeat(60)
            + "]".repeat(60)
            + ",\"ObjectId\":\""
            + "long/".repeat(40_000)
            + "\"}");
    return events;
  }

  private static List<String> mails() {
    List<String> events = new ArrayList<>();
    events.add(
        MAIL.formatted("11", "2025-03-04T08:59:59", "adele@contoso.example", "[2001:db8::1]:25"));
    events.add(
        MAIL.formatted("12", "2025-03-04T09:30:00", "lee@contoso.example", "::ffff:203.0.113.24"));
    return events;
  }
}
