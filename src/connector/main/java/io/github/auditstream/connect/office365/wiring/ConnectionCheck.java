package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.config.ConfigCheck;
import io.github.auditstream.connect.office365.config.ConfigErrors;
import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.preflight.Depth;
import java.time.Clock;
import java.util.Map;

/**
 * Asks Microsoft whether a configuration's tenants can be read, where the configuration wants that
 * and has no error so far. What is only worth knowing is logged.
 *
 * @param clock to compare the server's with
 */
public record ConnectionCheck(Clock clock) implements ConfigCheck<ConnectorSettings> {
  @Override
  public void check(Map<String, String> props, ConnectorSettings settings, ConfigErrors errors) {
    if (!errors.isEmpty() || !settings.validateConnection()) {
      return;
    }
    new AskingErrors(props, errors)
        .add(() -> PreflightRun.run(settings, Depth.SHORT, AskingErrors.DEADLINE, clock));
  }
}
