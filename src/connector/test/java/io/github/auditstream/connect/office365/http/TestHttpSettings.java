package io.github.auditstream.connect.office365.http;

import io.github.auditstream.connect.office365.config.HttpSettings;
import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import java.util.HashMap;
import java.util.Map;

/** The HTTP settings of a configuration that is valid but for what a test adds to it. */
public final class TestHttpSettings {
  private TestHttpSettings() {}

  public static HttpSettings of(String... keysAndValues) {
    Map<String, String> props = new HashMap<>();
    props.put("tenant.id", "11111111-1111-4111-8111-111111111111");
    props.put("client.id", "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
    props.put("client.secret", "x");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      props.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return Office365AuditSourceConfig.parse(props).http();
  }
}
