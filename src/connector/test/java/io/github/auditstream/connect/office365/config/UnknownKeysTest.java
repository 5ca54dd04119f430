package io.github.auditstream.connect.office365.config;

import static io.github.auditstream.connect.office365.config.Configurations.oneTenant;
import static io.github.auditstream.connect.office365.config.Configurations.twoTenants;
import static io.github.auditstream.connect.office365.config.Configurations.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownKeysTest {

  @ParameterizedTest
  @CsvSource({
    "poll.intervall.ms, poll.interval.ms",
    "pollIntervalMs, poll.interval.ms",
    "poll-interval-ms, poll.interval.ms",
    "client_secret, client.secret",
    "tenant.contoso.client.id, tenants.contoso.client.id",
    "ssl.truststore.locations, ssl.truststore.location",
    "Topic.Prefix, topic.prefix"
  })
  void suggestsTheIntendedKey(String written, String meant) {
    assertThat(new UnknownKeys(Definition.SOURCE).nearMisses(with(twoTenants(), written, "x")))
        .containsOnlyKeys(written)
        .containsEntry(written, meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic.creation.default.partitions",
        "topic.creation.groups",
        "transforms",
        "transforms.route.type",
        "predicates.p.type",
        "producer.override.linger.ms",
        "errors.tolerance",
        "key.converter.schema.registry.url",
        "value.converter",
        "header.converter",
        "config.action.reload",
        "exactly.once.support",
        "transaction.boundary.interval.ms",
        "offsets.storage.topic",
        "connector.plugin.version",
        "tasks.max.enforce",
        "something.of.a.transform"
      })
  void leavesConnectsOwnKeysToConnect(String key) {
    assertThat(new UnknownKeys(Definition.SOURCE).nearMisses(with(oneTenant(), key, "x")))
        .isEmpty();
  }

  @Test
  void isSilentAboutAConfigurationWithoutMistakes() {
    assertThat(new UnknownKeys(Definition.SOURCE).nearMisses(oneTenant())).isEmpty();
    assertThat(new UnknownKeys(Definition.SOURCE).nearMisses(twoTenants())).isEmpty();
  }
}
