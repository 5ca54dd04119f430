package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.config.Office365AuditHistoryConfig;
import io.github.auditstream.connect.office365.testkit.AuthorizedBroker;
import io.github.auditstream.connect.office365.testkit.JvmFlags;
import io.github.auditstream.connect.office365.testkit.KafkaDistribution;
import io.github.auditstream.connect.office365.testkit.StackFolders;
import io.github.auditstream.connect.office365.wiring.TopicPreflight;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the history's preflight finds out of a Kafka that asks for a login and has ACLs. */
class TopicPreflightIT {
  private static final String ALLOWED = "allowed";
  private static final String REFUSED = "refused";

  @TempDir private static Path folder;
  private static AuthorizedBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker =
        AuthorizedBroker.start(
            StackFolders.ofBuild().kafka(KafkaDistribution.NEWEST),
            folder.resolve("broker"),
            JvmFlags.QUICK,
            List.of(ALLOWED, REFUSED));
    try (Admin admin = broker.broker().admin()) {
      admin
          .createAcls(
              List.of(
                  new AclBinding(
                      new ResourcePattern(ResourceType.TOPIC, "office365.", PatternType.PREFIXED),
                      new AccessControlEntry(
                          "User:" + ALLOWED, "*", AclOperation.READ, AclPermissionType.ALLOW))))
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }

  @AfterAll
  static void end() {
    broker.close();
  }

  private static Optional<String> problem(String user, String... changes) throws Exception {
    Map<String, String> props = new HashMap<>();
    props.put("tenant.id", "11111111-1111-4111-8111-111111111111");
    props.put("client.id", "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
    props.put("client.secret", "of-no-use");
    props.put("history.from", "2026-06-01");
    props.put("history.gaps", "true");
    props.put("kafka.bootstrap.servers", broker.bootstrapServers());
    AuthorizedBroker.login(user).forEach((key, value) -> props.put("kafka." + key, value));
    for (int i = 0; i < changes.length; i += 2) {
      props.put(changes[i], changes[i + 1]);
    }
    return TopicPreflight.problem(Office365AuditHistoryConfig.parse(props));
  }

  @Test
  void topicsThatMayBeDescribedAreNoProblemAlsoBeforeTheyExist() throws Exception {
    assertThat(problem(ALLOWED)).isEmpty();
  }

  @Test
  void topicsThatMayNotBeDescribedAreNamed() throws Exception {
    assertThat(problem(REFUSED))
        .hasValueSatisfying(
            words ->
                assertThat(words)
                    .contains("may not read", "office365.exchange", "office365.status", "ACLs"));
    assertThat(problem(ALLOWED, "status.topic", "of-others"))
        .hasValueSatisfying(words -> assertThat(words).contains("may not read of-others at"));
  }

  @Test
  void aLoginThatIsRefusedIsNamedWithoutIt() throws Exception {
    String wrong =
        AuthorizedBroker.login(ALLOWED)
            .get("sasl.jaas.config")
            .replace("password=\"" + ALLOWED + "\"", "password=\"marker\"");

    assertThat(problem(ALLOWED, "kafka.sasl.jaas.config", wrong))
        .hasValueSatisfying(
            words ->
                assertThat(words)
                    .contains("refuses the login", "kafka.sasl")
                    .doesNotContain("marker"));
  }
}
