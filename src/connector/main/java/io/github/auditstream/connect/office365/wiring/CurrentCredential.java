package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.TaskConfig;
import io.github.auditstream.connect.office365.config.TenantSettings;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tenant's credential as the configuration has it now: Connect resolves config providers again on
 * each call, so that a rotated secret is found.
 */
record CurrentCredential(TenantSettings tenant, SourceTaskContext context)
    implements Supplier<Credential> {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentCredential.class);

  @Override
  public Credential get() {
    try {
      return TaskConfig.credential(context.configs(), tenant.alias());
    } catch (ConfigException e) {
      LOG.warn(
          "Tenant {}: the configured credential cannot be read now; going on with the one from the"
              + " task's start",
          tenant.alias());
      return tenant.credential();
    }
  }
}
