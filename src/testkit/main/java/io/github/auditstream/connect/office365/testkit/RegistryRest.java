package io.github.auditstream.connect.office365.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A schema registry's API, the part that tests look at. Safe for many threads. */
public final class RegistryRest {
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);

  private final RestClient client;

  /**
   * @param url the API's root, without a slash at the end
   */
  public RegistryRest(URI url) {
    this.client = new RestClient(url);
  }

  public URI url() {
    return client.root();
  }

  boolean answers() {
    return client.answers("/subjects", PROBE_LIMIT);
  }

  public List<String> subjects() {
    return StreamSupport.stream(client.send("GET", "/subjects", null).spliterator(), false)
        .map(JsonNode::asText)
        .sorted()
        .toList();
  }

  /** The version numbers of a subject, oldest first. */
  public List<Integer> versions(String subject) {
    return StreamSupport.stream(
            client.send("GET", subjectPath(subject) + "/versions", null).spliterator(), false)
        .map(JsonNode::asInt)
        .toList();
  }

  /** The Avro schema's JSON text of the newest version. */
  public String latestSchema(String subject) {
    return client
        .send("GET", subjectPath(subject) + "/versions/latest", null)
        .path("schema")
        .asText();
  }

  /** The level for subjects without their own. */
  public String compatibility() {
    return client.send("GET", "/config", null).path("compatibilityLevel").asText();
  }

  /** Sets the level for subjects without their own, for example {@code FULL_TRANSITIVE}. */
  public void setCompatibility(String level) {
    client.send("PUT", "/config", Map.of("compatibility", level));
  }

  /** Sets one subject's level. */
  public void setCompatibility(String subject, String level) {
    client.send("PUT", "/config/" + encoded(subject), Map.of("compatibility", level));
  }

  /** Whether the newest version of the subject admits this schema as its successor. */
  public boolean admits(String subject, String avroSchema) {
    return client
        .send(
            "POST",
            "/compatibility" + subjectPath(subject) + "/versions/latest",
            Map.of("schema", avroSchema))
        .path("is_compatible")
        .asBoolean();
  }

  private static String subjectPath(String subject) {
    return "/subjects/" + encoded(subject);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
