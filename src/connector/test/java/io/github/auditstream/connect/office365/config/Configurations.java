package io.github.auditstream.connect.office365.config;

import io.github.auditstream.connect.office365.preflight.RangeCheck;
import io.github.auditstream.connect.office365.preflight.WorkerChecks;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.Config;

/** Configurations that are valid unless a test says otherwise. */
public final class Configurations {
  static final String CONTOSO = "11111111-1111-4111-8111-111111111111";
  static final String FABRIKAM = "22222222-2222-4222-8222-222222222222";
  static final String APP = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
  static final String OTHER_APP = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";
  static final String SECRET = "marker-secret-7f3a";

  private Configurations() {}

  /** The least that a connector needs. */
  static Map<String, String> oneTenant() {
    Map<String, String> props = new LinkedHashMap<>();
    props.put("name", "audit");
    props.put(
        "connector.class", "io.github.auditstream.connect.office365.Office365AuditSourceConnector");
    props.put("tasks.max", "1");
    props.put("tenant.id", CONTOSO);
    props.put("client.id", APP);
    props.put("client.secret", SECRET);
    return props;
  }

  /** The least that the history of one tenant needs. */
  static Map<String, String> history() {
    Map<String, String> props = oneTenant();
    props.put(
        "connector.class",
        "io.github.auditstream.connect.office365.Office365AuditHistoryConnector");
    props.put("history.from", "2026-06-01");
    props.put("kafka.bootstrap.servers", "kafka-1:9092");
    return props;
  }

  /** The error messages of a history's validation by key; keys without errors are left out. */
  static Map<String, List<String>> historyErrors(Map<String, String> props) {
    Clock clock = Clock.systemUTC();
    return errors(
        Office365AuditHistoryConfig.validate(
            props, List.of(new WorkerChecks(clock), new RangeCheck(clock))));
  }

  /** One multi-tenant app for two tenants. */
  public static Map<String, String> twoTenants() {
    Map<String, String> props = oneTenant();
    props.remove("tenant.id");
    props.put("tenants", "contoso,fabrikam");
    props.put("tenants.contoso.tenant.id", CONTOSO);
    props.put("tenants.fabrikam.tenant.id", FABRIKAM);
    return props;
  }

  public static Map<String, String> with(Map<String, String> props, String... keysAndValues) {
    Map<String, String> changed = new LinkedHashMap<>(props);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      changed.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return changed;
  }

  static Map<String, String> without(Map<String, String> props, String... keys) {
    Map<String, String> changed = new LinkedHashMap<>(props);
    List.of(keys).forEach(changed::remove);
    return changed;
  }

  /** The error messages of a validation by key; keys without errors are left out. */
  static Map<String, List<String>> errors(Map<String, String> props) {
    return errors(
        Office365AuditSourceConfig.validate(props, List.of(new WorkerChecks(Clock.systemUTC()))));
  }

  private static Map<String, List<String>> errors(Config validated) {
    return validated.configValues().stream()
        .filter(value -> !value.errorMessages().isEmpty())
        .collect(Collectors.toMap(value -> value.name(), value -> value.errorMessages()));
  }
}
