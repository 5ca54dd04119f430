package io.github.auditstream.connect.office365.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.it.SharedStack;
import io.github.auditstream.connect.office365.it.SimulatedConnector;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The transforms of the packaged plugin in a real worker, which finds them by their services. */
@ExtendWith(SharedStack.class)
class TransformsIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CHAIN =
      Pattern.compile("<!-- example: chain -->\\s+```json\\s+(.*?)```", Pattern.DOTALL);
  private static final String PLACEHOLDER = "${file:/etc/kafka-connect/secrets/masking.properties:";
  private static final String SENSITIVE = "4532-0000-1111-2222";

  private static final String SIGN_IN =
      """
      {"Id":"signin","RecordType":15,"Operation":"UserLoginFailed",
       "Workload":"AzureActiveDirectory","CreationTime":"2026-08-01T10:00:00",
       "OrganizationId":"c0470505-0000-4000-8000-000000000001","ResultStatus":"Success",
       "UserId":"adele@contoso.example","ClientIP":["203.0.113.7"],"LogonError":"InvalidPassword"}
      """;

  private static final String BACKUP =
      """
      {"Id":"backup","RecordType":15,"Operation":"UserLoggedIn","Workload":"AzureActiveDirectory",
       "CreationTime":"2026-08-01T10:00:00","UserId":"Backup@contoso.example"}
      """;

  private static final String DOWNLOAD =
      """
      {"Id":"download","RecordType":6,"Operation":"FileDownloaded","Workload":"SharePoint",
       "CreationTime":"2026-08-01T10:00:00","UserId":"adele@contoso.example"}
      """;

  private static final String MATCH =
      """
      {"Id":"match","RecordType":11,"Operation":"DLPRuleMatch","Workload":"OneDrive",
       "CreationTime":"2026-08-01T10:00:00","UserId":"adele@contoso.example","PolicyDetails":[
         {"Rules":[{"Severity":"High","Actions":["BlockAccess"],"ConditionsMatched":{
            "SensitiveInformation":[{"Count":1,"SensitiveInformationDetections":{
              "DetectedValues":[{"Name":"4532-0000-1111-2222","Value":"of Adele"}]}}]}}]}]}
      """;

  @Test
  void theDocumentedChainWorksInAWorker(ConnectStack stack, ConnectRest rest, @TempDir Path folder)
      throws Exception {
    try (Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start()) {
      publish(simulator, ContentType.AZURE_ACTIVE_DIRECTORY, List.of(SIGN_IN, BACKUP));
      publish(simulator, ContentType.SHAREPOINT, List.of(DOWNLOAD));
      publish(simulator, ContentType.DLP, List.of(MATCH));
      Map<String, String> config =
          new HashMap<>(new SimulatedConnector(simulator, "transformed").config(1));
      config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
      config.put("value.converter.schemas.enable", "false");
      config.putAll(chain(folder));
      rest.put("transformed", config);

      Map<String, JsonNode> documents = documents(stack, 3);

      assertThat(documents.keySet()).containsExactlyInAnyOrder("signin", "match");
      JsonNode signIn = documents.get("signin");
      assertThat(signIn.at("/event/outcome").asText()).isEqualTo("failure");
      assertThat(signIn.at("/event/category/0").asText()).isEqualTo("authentication");
      assertThat(signIn.at("/@timestamp").asText()).isEqualTo("2026-08-01T10:00:00Z");
      assertThat(signIn.at("/user/id").asText()).matches("[0-9a-f]{64}");
      assertThat(signIn.at("/o365/audit/UserId")).isEqualTo(signIn.at("/user/id"));
      assertThat(signIn.at("/o365/audit/ClientIP/0").asText()).matches("[0-9a-f]{64}");
      JsonNode match = documents.get("match");
      assertThat(match.at("/event/kind").asText()).isEqualTo("alert");
      assertThat(match.at("/event/severity").asInt()).isEqualTo(4);
      assertThat(match.at("/user/id")).isEqualTo(signIn.at("/user/id"));
      assertThat(documents.toString()).doesNotContain(SENSITIVE, "adele", "203.0.113.7");
      assertThat(rest.status("transformed").running(1)).isTrue();
      rest.delete("transformed");
    }
  }

  private static void publish(Simulator simulator, ContentType contentType, List<String> events) {
    simulator.tenant().blob(contentType).createdAgo(Duration.ofHours(1)).events(events).add();
  }

  /** The example's configuration, with a file of secrets that is there. */
  private static Map<String, String> chain(Path folder) throws Exception {
    Path secrets = Files.writeString(folder.resolve("s.properties"), "hash.key=0123456789abcdef\n");
    var example = CHAIN.matcher(Files.readString(Repository.file("docs", "transforms.md")));
    assertThat(example.find()).isTrue();
    Map<String, String> chain = new HashMap<>();
    JSON.readTree(example.group(1))
        .fields()
        .forEachRemaining(
            key ->
                chain.put(
                    key.getKey(),
                    key.getValue().asText().replace(PLACEHOLDER, "${file:" + secrets + ":")));
    assertThat(chain.toString()).contains(secrets.toString());
    return chain;
  }

  /** The documents by event Id, once the receipts of that many blobs are there. */
  private static Map<String, JsonNode> documents(ConnectStack stack, int blobs) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.broker().bootstrapServers(),
            ConsumerConfig.GROUP_ID_CONFIG, "transformed-reader",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.METADATA_MAX_AGE_CONFIG, 500);
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(Pattern.compile("transformed\\..*"));
      // Events go before their blob's receipt, but topics are found one after the other.
      await("documents of " + blobs + " blobs")
          .atMost(LIMIT)
          .pollInSameThread()
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return of("transformed.receipts", records).size() == blobs
                    && topics(records)
                        .containsAll(Set.of("transformed.azureactivedirectory", "transformed.dlp"));
              });
    }
    assertThat(topics(records)).doesNotContain("transformed.sharepoint", "transformed.deadletter");
    Map<String, JsonNode> documents = new HashMap<>();
    for (ConsumerRecord<String, String> record : records) {
      if (!record.topic().equals("transformed.receipts")
          && !record.topic().equals("transformed.status")) {
        JsonNode document = json(record.value());
        assertThat(document.at("/event/id").asText()).isEqualTo(record.key());
        documents.put(record.key(), document);
      }
    }
    return documents;
  }

  private static List<JsonNode> of(String topic, List<ConsumerRecord<String, String>> records) {
    return records.stream()
        .filter(record -> record.topic().equals(topic))
        .map(record -> json(record.value()))
        .toList();
  }

  private static Set<String> topics(List<ConsumerRecord<String, String>> records) {
    return records.stream().map(ConsumerRecord::topic).collect(Collectors.toSet());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON", e);
    }
  }
}
