package io.github.auditstream.connect.office365.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** Writes the reference of all keys from their definition. */
final class ConfigurationReference {
  private static final String HEAD =
      """
      # Configuration

      All keys of `io.github.auditstream.connect.office365.Office365AuditSourceConnector`, written from
      the connector's own definition. Connect validates a configuration before it accepts it
      (`PUT /connector-plugins/Office365AuditSourceConnector/config/validate` does so without
      accepting it), and names each error with its key and its fix.

      ## Least configuration

      ```properties
      name=office365-audit
      connector.class=io.github.auditstream.connect.office365.Office365AuditSourceConnector
      tasks.max=1
      tenant.id=11111111-1111-4111-8111-111111111111
      client.id=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa
      client.secret=${file:/etc/kafka/office365.properties:client.secret}
      ```

      ## Several tenants

      `tenants` lists aliases. Each tenant has its keys as `tenants.<alias>.<key>` and takes what it
      lacks from the key without prefix:

      ```properties
      tenants=contoso,fabrikam
      tenants.contoso.tenant.id=11111111-1111-4111-8111-111111111111
      tenants.fabrikam.tenant.id=22222222-2222-4222-8222-222222222222
      client.id=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa
      client.certificate.location=/etc/kafka/office365.p12
      client.certificate.password=${file:/etc/kafka/office365.properties:certificate.password}
      ```

      These keys can be set under an alias: %s.

      A tenant's credential is taken whole from one place: if one of `client.secret`,
      `client.certificate.location`, `client.assertion.location` and `managed.identity` is set under
      its alias, then the credential without prefix is not for this tenant, nor are that one's
      password or key file.

      ## Secrets

      Keys of the type `password` are hidden in logs and in Connect's answers. Keep their values out
      of the configuration with a config provider (file, directory, environment or Kubernetes): the
      connector hands keys to its tasks under their own names, so that Connect stores the
      placeholder, not the value. A secret that changes where the provider finds it is taken up with
      the next token, without a restart.

      """;

  private static final String HISTORY_HEAD =
      """
      # Configuration of the history

      All keys of `io.github.auditstream.connect.office365.Office365AuditHistoryConnector`, written
      from the connector's own definition. [History](history.md) says what it does. Tenants,
      credentials, endpoints and secrets are set up as for the source connector, see
      [Configuration](configuration.md); keys that both have are described there, and listed below.

      ## Least configuration

      ```properties
      %s```

      With `cloud=custom`, `graph.endpoint` and `authority.endpoint` are needed. Keys of the source
      connector that are not on this page, such as `content.types`, have no meaning here.

      ## Reading the topics

      Connect gives a connector none of the worker's own settings. All keys that begin with `kafka.`
      are therefore given to a consumer of the connector's own, without that beginning:
      `kafka.security.protocol`, `kafka.sasl.jaas.config`, `kafka.ssl.truststore.location` and so on.
      Connect shows their values in `GET /connectors/.../config`, so have config providers'
      placeholders there for secrets. What decides what is read, such as `kafka.group.id` or
      `kafka.isolation.level`, is refused.

      """;

  /** What is enough to start. */
  static final String LEAST_HISTORY =
      """
      name=office365-history
      connector.class=io.github.auditstream.connect.office365.Office365AuditHistoryConnector
      tasks.max=1
      tenant.id=11111111-1111-4111-8111-111111111111
      client.id=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa
      client.secret=${file:/etc/kafka/office365.properties:client.secret}
      history.from=2026-06-04
      kafka.bootstrap.servers=kafka-1:9092,kafka-2:9092
      """;

  private ConfigurationReference() {}

  /** The reference of the history: whole for its own keys, with links for those of both. */
  static String history(ConfigDef history, ConfigDef source) {
    StringBuilder page = new StringBuilder(HISTORY_HEAD.formatted(LEAST_HISTORY));
    StringBuilder shared = new StringBuilder();
    byGroup(history)
        .forEach(
            (group, keys) -> {
              List<ConfigKey> own =
                  keys.stream().filter(key -> !source.names().contains(key.name)).toList();
              if (!own.isEmpty()) {
                page.append("## ").append(group).append("\n\n");
                own.forEach(key -> append(page, key));
              }
              String links =
                  keys.stream()
                      .filter(key -> source.names().contains(key.name))
                      .map(key -> link(key, source))
                      .collect(Collectors.joining(", "));
              if (!links.isEmpty()) {
                shared.append("- ").append(group).append(": ").append(links).append('\n');
              }
            });
    page.append("## Keys of both connectors\n\n").append(shared);
    return page.toString();
  }

  private static String link(ConfigKey key, ConfigDef source) {
    String anchor = key.name.replace(".", "");
    boolean isGroup =
        source.groups().stream().anyMatch(group -> group.toLowerCase(Locale.ROOT).equals(anchor));
    return "[`" + key.name + "`](configuration.md#" + anchor + (isGroup ? "-1" : "") + ")";
  }

  /** The reference, in Markdown. */
  static String markdown(ConfigDef definition) {
    StringBuilder page =
        new StringBuilder(
            HEAD.formatted(
                Definition.SOURCE.tenantKeys().stream()
                    .map(key -> "`" + key + "`")
                    .collect(Collectors.joining(", "))));
    byGroup(definition)
        .forEach(
            (group, keys) -> {
              page.append("## ").append(group).append("\n\n");
              keys.forEach(key -> append(page, key));
            });
    return page.toString().stripTrailing() + "\n";
  }

  private static Map<String, List<ConfigKey>> byGroup(ConfigDef definition) {
    Map<String, List<ConfigKey>> groups = new LinkedHashMap<>();
    definition.groups().forEach(group -> groups.put(group, new ArrayList<>()));
    for (ConfigKey key : definition.configKeys().values()) {
      groups.computeIfAbsent(key.group, group -> new ArrayList<>()).add(key);
    }
    groups.values().forEach(keys -> keys.sort(Comparator.comparingInt(key -> key.orderInGroup)));
    return groups;
  }

  private static void append(StringBuilder page, ConfigKey key) {
    page.append("### `").append(key.name).append("`\n\n");
    page.append(key.documentation.replace("<", "\\<")).append("\n\n");
    page.append("- Type: ").append(key.type.name().toLowerCase(Locale.ROOT)).append('\n');
    if (!key.documentation.contains("Default: ")) {
      page.append("- Default: ").append(defaultOf(key)).append('\n');
    }
    String valid = String.valueOf(key.validator);
    if (!valid.isEmpty()) {
      page.append("- Valid values: ").append(valid).append('\n');
    }
    page.append("- Importance: ")
        .append(key.importance.name().toLowerCase(Locale.ROOT))
        .append("\n\n");
  }

  private static String defaultOf(ConfigKey key) {
    if (key.defaultValue == null || key.defaultValue.equals(List.of())) {
      return "none";
    }
    String text =
        key.defaultValue instanceof List<?> list
            ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
            : key.defaultValue.toString();
    return "`" + text + "`";
  }
}
